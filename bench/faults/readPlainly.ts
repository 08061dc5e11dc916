import type { PlainIdentifier, PlainMessage } from './plainCustomers';
import type { SentMessage } from './randomTraffic';

/** Whom a message is about: the strongest first. A value that programs send where they know nobody is nobody's. */
function identifiersOn({ type, userId, previousId, anonymousId, traits }: SentMessage): PlainIdentifier[] {
  const users = [userId, type === 'alias' ? previousId : undefined].filter((value) => value !== undefined && value !== 'undefined');
  const email = type === 'identify' ? traits?.['email'] : undefined;
  return [
    ...users.sort().map((value) => ({ type: 'user_id', value: String(value) }) as const),
    ...(email === undefined ? [] : [{ type: 'email', value: String(email).toLowerCase() } as const]),
    ...(anonymousId === undefined ? [] : [{ type: 'anonymous_id', value: anonymousId } as const]),
  ];
}

/** `atMs`: when it happened. */
export function readPlainly(message: SentMessage, atMs: number): PlainMessage {
  return {
    messageId: message.messageId,
    atMs,
    ...toldBy(message),
    traits: message.type === 'identify' ? (message.traits ?? {}) : {},
    account: message.groupId === undefined ? null : { externalId: message.groupId, traits: message.traits ?? {} },
    identifiers: identifiersOn(message),
    isAlias: message.type === 'alias',
  };
}

function toldBy({ type, event, properties, traits, previousId }: SentMessage): Pick<PlainMessage, 'name' | 'properties'> {
  if (type === 'identify') return { name: 'Identify', properties: traits ?? {} };
  if (type === 'group') return { name: 'Group', properties: traits ?? {} };
  if (type === 'alias') return { name: 'Alias', properties: { previousId } };
  return { name: event ?? '', properties: properties ?? {} };
}

/**
 * Between which moments it happened. One by its own timestamp is told to the millisecond. Of one by a clock that may be wrong only how long it waited to be
 * sent is known; it was received while it was being sent, by a server whose own clock was off by so much at the most.
 */
export function possibleTimes(
  message: SentMessage,
  { firstSentAtMs, acknowledgedAtMs }: { readonly firstSentAtMs: number; readonly acknowledgedAtMs: number },
  clockErrorMs: number,
): readonly [earliestMs: number, latestMs: number] {
  if (message.timestamp !== undefined) return [Date.parse(message.timestamp), Date.parse(message.timestamp)];
  const waitedMs = Date.parse(String(message.sentAt)) - Date.parse(String(message.originalTimestamp));
  return [firstSentAtMs - waitedMs - clockErrorMs, acknowledgedAtMs - waitedMs + clockErrorMs];
}
