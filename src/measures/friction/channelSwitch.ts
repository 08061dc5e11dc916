import type { Channel } from '../../kernel/vocabulary';
import { customerWords } from '../../timeline/sentiment/spokenWords';
import type { Conversation } from '../conversation';
import type { Fact } from '../fact';
import { isByCustomer, isUnsolvedAt, nameOf, nextDealtWithAtMs, openingOf } from './conversationCourse';
import type { FrictionSettings } from './frictionSettings';
import type { FrictionHistory } from './history';
import { resembles, shinglesOf } from './sameText';
import type { Sign } from './sign';
import { orderNumbersOf, statedItems } from './statedItems';

/**
 * The customer carries one matter to another channel within a day of having spoken of it on one: with a new conversation, which is of the same matter
 * when the topics are equal, it names the same order or says the same, or the first is not solved yet and no topics contradict; or
 * within one conversation. Over when the conversation that it was carried to is, or, where
 * that was a call that nobody answered, the first one.
 */
export function channelSwitches(history: FrictionHistory): Sign[] {
  const matterOf = readingMatters(history);
  return history.conversations.flatMap((conversation) => [
    ...toNewConversation(conversation, history, matterOf),
    ...withinOne(conversation, history),
  ]);
}

/** What a conversation is about, as far as its words tell. */
interface Matter {
  readonly items: ReadonlySet<string>;
  readonly shingles: ReadonlySet<string> | null;
}
type MatterOf = (conversation: Conversation) => Matter;

/** Reads each conversation's words once, when they are asked for. */
function readingMatters({ orders, settings }: FrictionHistory): MatterOf {
  const orderNumbers = orderNumbersOf(orders.map(({ externalId }) => externalId));
  const known = new Map<string, Matter>();
  return (conversation) => {
    const before = known.get(conversation.key);
    if (before) return before;
    const words = wordsOf(conversation);
    const matter = { items: statedItems(words, orderNumbers), shingles: shinglesOf(words, settings.sameTextMinimumWords) };
    known.set(conversation.key, matter);
    return matter;
  };
}

function toNewConversation(conversation: Conversation, history: FrictionHistory, matterOf: MatterOf): Sign[] {
  const opening = openingOf(conversation);
  if (!opening || conversation.openedByCompany) return [];
  const sinceMs = conversation.openedAtMs - history.settings.channelSwitchWithinMs;
  for (const earlier of [...history.conversations].reverse()) {
    if (earlier.key === conversation.key || earlier.openedAtMs > conversation.openedAtMs || earlier.channel === conversation.channel)
      continue;
    const spoken = earlier.facts.filter(
      (fact) => spokeUp(fact) && fact.occurredAtMs > sinceMs && fact.occurredAtMs <= conversation.openedAtMs,
    );
    const last = spoken.at(-1);
    if (last && isSameMatter(earlier, conversation, history.settings, matterOf)) return [signOf([conversation, earlier], last, opening)];
  }
  return [];
}

function spokeUp(fact: Fact): boolean {
  return isByCustomer(fact) || (fact.kind.startsWith('CALL_') && fact.direction === 'INBOUND');
}

function signOf(carriedTo: readonly [Conversation, ...Conversation[]], last: Fact, carried: Fact): Sign {
  const ends = carriedTo.map((conversation) => nextDealtWithAtMs(conversation, carried.occurredAtMs)).filter((atMs) => atMs !== null);
  return {
    kind: 'CHANNEL_SWITCH',
    about: carried,
    evidence: [last, carried],
    severity: 'MEDIUM',
    detectedAtMs: carried.occurredAtMs,
    endsAtMs: ends[0] ?? null,
    message: `Went from ${word(last.channel)} to ${word(carried.channel)} with the same matter (${nameOf(carriedTo[0])})`,
  };
}

function isSameMatter(earlier: Conversation, later: Conversation, settings: FrictionSettings, matterOf: MatterOf): boolean {
  if (earlier.topic !== null && later.topic !== null) return earlier.topic.toLowerCase() === later.topic.toLowerCase();
  if (isUnsolvedAt(earlier, later.openedAtMs)) return true;
  const [before, after] = [matterOf(earlier), matterOf(later)];
  if ([...after.items].some((item) => before.items.has(item))) return true;
  return before.shingles !== null && after.shingles !== null && resembles(before.shingles, after.shingles, settings.sameTextFrom);
}

function wordsOf({ subject, facts }: Conversation): string {
  return [subject, ...facts.map((fact) => customerWords(fact))].filter((words) => words !== null).join('\n');
}

/** Written channels among which help desks carry a ticket on by themselves. */
const TICKET_CHANNELS: ReadonlySet<Channel> = new Set<Channel>(['WEB', 'EMAIL', 'API', 'OTHER']);

function withinOne(conversation: Conversation, { settings }: FrictionHistory): Sign[] {
  const spoken = conversation.facts.filter(spokeUp);
  return spoken.flatMap((fact, index) => {
    const before = spoken[index - 1];
    if (!before || before.channel === fact.channel || fact.occurredAtMs - before.occurredAtMs >= settings.channelSwitchWithinMs) return [];
    return TICKET_CHANNELS.has(before.channel) && TICKET_CHANNELS.has(fact.channel) ? [] : [signOf([conversation], before, fact)];
  });
}

function word(channel: Channel): string {
  return channel.toLowerCase().replaceAll('_', ' ');
}
