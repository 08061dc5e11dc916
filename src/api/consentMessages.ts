import { compareIdentifiers } from '../identity/linkOrder';
import type { IdentityRules } from '../identity/rules';
import type { JsonObject } from '../kernel/json';
import type { ConsentRecord } from './ports/privacyDesk';
import type { MemberRecord } from './ports/profileReader';

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
      context: { externalIds: [{ id: value, type, collection: 'users', encoding: 'none' }] },
    }));
}
