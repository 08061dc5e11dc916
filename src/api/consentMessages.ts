import { compareIdentifiers } from '../identity/linkOrder';
import type { IdentityRules } from '../identity/rules';
import type { JsonObject } from '../kernel/json';
import type { ConsentRecord } from './ports/privacyDesk';
import type { MemberRecord } from './ports/profileReader';

/** A blocked value, whatever the rules. */
const NOBODY = 'none';

export interface SaidConsent {
  readonly purpose: string;
  readonly granted: boolean;
  readonly atMs: number;
}

/**
 * What makes a customer's consent what was said: one message for its strongest identifier, and one for each other identifier that ever said something of
 * the purpose, since a refusal of one of them would go on counting. `members`: at least one.
 */
export function consentMessages(
  {
    members,
    consents,
    rules,
  }: { readonly members: readonly MemberRecord[]; readonly consents: readonly ConsentRecord[]; readonly rules: IdentityRules },
  said: SaidConsent,
  newId: () => string,
): readonly JsonObject[] {
  const ranked = members.map((member) => ({ ...member, rank: rules.ruleFor(member.type).rank }));
  const [strongest] = ranked.sort(compareIdentifiers);
  const spoken = new Set(consents.filter(({ purpose }) => purpose === said.purpose).map(({ identifierId }) => identifierId));
  return ranked
    .filter((member) => member === strongest || spoken.has(member.identifierId))
    .map(({ type, value }) => ({
      type: 'track',
      messageId: newId(),
      timestamp: new Date(said.atMs).toISOString(),
      event: 'Consent Changed',
      properties: { purpose: said.purpose, granted: said.granted },
      ...naming(type, value),
    }));
}

/** The protocol wants one of its own two ids on a message; where it has neither, a value that names nobody stands in. */
function naming(type: string, value: string): JsonObject {
  if (type === 'user_id') return { userId: value };
  if (type === 'anonymous_id') return { anonymousId: value };
  return { anonymousId: NOBODY, context: { externalIds: [{ id: value, type, collection: 'users', encoding: 'none' }] } };
}
