import type { Filled } from './filledWorkspace';
import { PERSONAL } from './personalMessages';
import type { Calls } from './schemaWalk';

const DAY_MS = 86_400_000;

/** The arguments by which each field of the schema shows something of a filled workspace. */
export function exampleCalls(filled: Filled): Calls {
  const window = `from: "${daysFromNow(-60)}", to: "${daysFromNow(1)}"`;
  const id = (value: string) => `(id: "${value}")`;
  const nodes = {
    Profile: filled.ada,
    Interaction: filled.interaction,
    Account: filled.account,
    Source: filled.source,
    Segment: filled.segment,
    Destination: filled.destination,
  };
  return {
    ...Object.fromEntries(Object.entries(nodes).map(([type, value]) => [`Query.node:${type}`, id(value)])),
    'Query.abTest': `(experimentId: "checkout", ${window})`,
    'Query.account': id(filled.account),
    'Query.attribution': `(${window}, by: CAMPAIGN)`,
    'Query.auditLog': '(action: "mergeProfiles")',
    'Query.erasure': `(receiptId: "${filled.receipt}")`,
    'Query.experience': `(${window}, interval: MONTH)`,
    'Query.funnel': `(steps: [{ kind: PRODUCT_VIEWED }, { name: "Order Completed" }], withinHours: 24, ${window})`,
    'Query.journeyMap': `(${window}, level: NAME, maxSteps: 50)`,
    'Query.pathVariants': `(${window}, level: NAME)`,
    'Query.previewIdentityRules': '(rules: [{ type: "user_id", limitPerProfile: 1, keep: EARLIEST }])',
    'Query.previewMerge': `(profileIds: ["${filled.ada}", "${filled.visitor}"])`,
    'Query.previewSegment': '(definition: { all: [{ event: { name: "Order Completed" } }] })',
    'Query.profile': id(filled.ada),
    'Query.retention': `(${window})`,
    'Query.searchConversations': '(text: "zzqtext")',
    'Query.searchProfiles': `(text: "${PERSONAL.email}")`,
    'Query.segment': id(filled.segment),
    'Query.stickiness': `(${window})`,
    'Profile.trait': '(key: "email")',
    'Segment.history': `(${window})`,
    'Mutation.mergeProfiles': `(input: { profileIds: ["${filled.ada}", "${filled.visitor}"], reason: "the same" })`,
    'Mutation.undoMerge': `(input: { mergeId: "${filled.merge}" })`,
    'Mutation.splitProfile': `(input: { profileId: "${filled.ada}", identifiers: [{ type: "user_id", value: "zzq-before" }] })`,
    'Mutation.decideMatch': `(input: { candidateId: "${filled.candidate}", accept: false })`,
    'Mutation.suppressProfile': `(input: { profileId: "${filled.twin}", suppressed: false })`,
    'Mutation.recordConsent': `(input: { profileId: "${filled.ada}", purpose: "sms", granted: true })`,
    'Mutation.updateSegment': `(input: { id: "${filled.segment}", description: "As wished" })`,
    'Mutation.createSegment': '(input: { key: "buyers", name: "Buyers", definition: { all: [{ event: { name: "Order Completed" } }] } })',
    'Mutation.retryDeadLetter': `(input: { id: "${filled.deadLetter}" })`,
    'Subscription.profileChanged': `(profileId: "${filled.ada}")`,
    'Subscription.segmentMembershipChanged': `(segmentId: "${filled.segment}")`,
  };
}

function daysFromNow(days: number): string {
  return new Date(Date.now() + days * DAY_MS).toISOString();
}
