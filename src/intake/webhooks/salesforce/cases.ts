import type { JsonObject } from '../../../kernel/json';
import { known, textIn } from '../payload';
import type { VendorMessage } from '../webhookVendor';
import { type RecordChange, type Step, tracked } from './changeEvent';

/**
 * What a status means, by its words: every workspace has its own. A case is closed in Salesforce when its matter is settled, so that is
 * solved; one that waits for the customer has no step of its own.
 */
const STATUS_EVENTS: readonly (readonly [RegExp, string])[] = [
  [/re-?open/i, 'Case Reopened'],
  [/closed|solved|resolved/i, 'Case Solved'],
  [/escalat/i, 'Case Escalated'],
  [/hold/i, 'Case On Hold'],
];

export function readCaseChange(change: RecordChange): readonly VendorMessage[] {
  const { recordId, fields, type } = change;
  const about = known({
    case_id: recordId,
    channel: textIn(fields, 'Origin'),
    priority: textIn(fields, 'Priority'),
    topic: textIn(fields, 'Type', 'Reason'),
    status: textIn(fields, 'Status'),
  });
  const steps = type === 'CREATE' ? [opened(fields)] : changesOf(change);
  return tracked(
    change,
    steps.map(({ event, properties }) => ({ event, properties: { ...about, ...properties } })),
    {
      ids: [
        ['salesforce.contact_id', textIn(fields, 'ContactId')],
        ['salesforce.case_id', recordId],
      ],
      email: textIn(fields, 'SuppliedEmail', 'ContactEmail'),
      phone: textIn(fields, 'SuppliedPhone', 'ContactPhone'),
    },
  );
}

function opened(fields: JsonObject): Step {
  const properties = known({
    subject: textIn(fields, 'Subject'),
    description: textIn(fields, 'Description'),
    case_number: textIn(fields, 'CaseNumber'),
  });
  return { event: 'Case Created', properties };
}

/** A case whose day of closing was emptied is open again, whatever the status is called. */
function changesOf({ fields, emptied }: RecordChange): readonly Step[] {
  const status = textIn(fields, 'Status');
  const named = STATUS_EVENTS.find(([words]) => status !== null && words.test(status))?.[1];
  const isReopened = emptied.includes('ClosedDate') && named !== 'Case Solved';
  const events = new Set([isReopened ? 'Case Reopened' : null, named ?? null, fields['IsEscalated'] === true ? 'Case Escalated' : null]);
  const steps = [...events].flatMap((event) => (event === null ? [] : [{ event, properties: {} }]));
  const owner = textIn(fields, 'OwnerId');
  return owner === null ? steps : [...steps, { event: 'Case Assigned', properties: { assignee: owner } }];
}
