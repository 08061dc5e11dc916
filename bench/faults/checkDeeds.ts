import type { Deed, Tally } from './busyPeople';
import { type Compared, sum } from './comparison';
import { FIRST_SEGMENTS } from './plainSegments';
import type { Witness } from './witness';

/** What a decision may be answered with while everything goes wrong; nothing that is a fault of ours. */
const EXPECTED_REFUSAL =
  /: (MERGE_REFUSED|MERGE_WITH_ITSELF|MERGE_UNDONE|SPLIT_REFUSED|IDENTIFIER_ELSEWHERE|NOT_FOUND|CONFLICT|INVALID_INPUT|SEGMENT_INVALID|UNAVAILABLE|STATEMENT_TIMEOUT|POSITION_TIMEOUT|OVERLOADED)$/;

/**
 * What was acknowledged was done, once; of what nobody knows, some may have been. Of consents there are the messages; the same rules again are nothing done.
 */
export function checkDeeds({ people: { tallies, refusals }, stored, accepted }: Witness): Compared[] {
  const sent = new Set(accepted.map(({ message }) => message.messageId));
  const consents = stored.interactions.filter(({ message_id, name }) => name === 'Consent Changed' && !sent.has(message_id)).length;
  const audited = new Map(stored.deeds.map(({ action, count }) => [action, count]));
  const done = (deed: Deed) => (audited.get(deed) ?? 0) - (deed === 'createSegment' ? FIRST_SEGMENTS.length : 0);
  const differences = (Object.entries(tallies) as [Deed, Tally][]).flatMap(([deed, { acknowledged, unknown }]) => {
    if (deed === 'setIdentityRules') return [];
    const count = deed === 'recordConsent' ? consents : done(deed);
    const isAsTold = count >= acknowledged && (deed === 'recordConsent' || count <= acknowledged + unknown);
    return isAsTold ? [] : [`${deed}: done ${count} times, acknowledged ${acknowledged}, unknown ${unknown}`];
  });
  return [
    { what: 'decisions carried out', compared: sum(Object.values(tallies).map(({ acknowledged }) => acknowledged)), differences },
    {
      what: 'refusals with a code of ours',
      compared: sum([...refusals.values()]),
      differences: [...refusals.keys()].filter((refusal) => !EXPECTED_REFUSAL.test(refusal)),
    },
  ];
}
