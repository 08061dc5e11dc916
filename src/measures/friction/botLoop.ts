import { customerWords } from '../../timeline/sentiment/spokenWords';
import { byTime, type Fact } from '../fact';
import { isByAgent, isByBot, isByCustomer } from './conversationCourse';
import type { FrictionSettings } from './frictionSettings';
import type { FrictionHistory } from './history';
import { asksForPerson } from './personRequest';
import type { Sign } from './sign';

/** What a customer and a bot say to one another until a person takes over or it is solved. */
interface BotRun {
  readonly facts: readonly Fact[];
  /** The hand-off, a person's reply or the solution; null while the bot goes on. */
  readonly end: Fact | null;
}

/**
 * A bot replies again and again without handing off or solving, or a customer asks it for a person and is not handed off in time. One sign a run
 * of the bot, whichever comes first; over with the hand-off, a person's reply or the solution.
 */
export function botLoops({ facts, conversations, settings }: FrictionHistory): Sign[] {
  const numbered = new Set(conversations.flatMap((conversation) => conversation.facts.map((fact) => fact.interactionId)));
  const threads = [...conversations.map((conversation) => conversation.facts), ...unnumbered(facts, numbered)];
  return threads.flatMap((thread) => runsIn([...thread].sort(byTime)).flatMap((run) => signOf(run, settings)));
}

/** What bots and customers said in no conversation with a number, a thread a source. */
function unnumbered(facts: readonly Fact[], numbered: ReadonlySet<string>): Fact[][] {
  const bySource = new Map<number, Fact[]>();
  for (const fact of facts) {
    if (numbered.has(fact.interactionId) || !/^(BOT|CONVERSATION)_/.test(fact.kind)) continue;
    const thread = bySource.get(fact.sourceId);
    if (thread) thread.push(fact);
    else bySource.set(fact.sourceId, [fact]);
  }
  return [...bySource.values()];
}

function runsIn(thread: readonly Fact[]): BotRun[] {
  const runs: BotRun[] = [];
  let said: Fact[] = [];
  for (const fact of thread) {
    if (endsRun(fact)) {
      runs.push({ facts: said, end: fact });
      said = [];
    } else if (isByBot(fact) || isByCustomer(fact)) said.push(fact);
  }
  return [...runs, { facts: said, end: null }].filter((run) => run.facts.some(isByBot));
}

const HANDED_OVER = new Set([
  'BOT_HANDED_OFF',
  'CONVERSATION_ASSIGNED',
  'CONVERSATION_ESCALATED',
  'CONVERSATION_SOLVED',
  'CONVERSATION_CLOSED',
]);

function endsRun(fact: Fact): boolean {
  return HANDED_OVER.has(fact.kind) || isByAgent(fact);
}

function signOf({ facts, end }: BotRun, settings: FrictionSettings): Sign[] {
  const replies = facts.filter(isByBot);
  const lastStraw = replies[settings.botRepliesInARow - 1];
  const request = facts.find((fact) => isByCustomer(fact) && asksForPerson(customerWords(fact) ?? ''));
  const refusedAtMs = request ? request.occurredAtMs + settings.handOffWithinMs : null;
  const isRefused = refusedAtMs !== null && (end === null || end.occurredAtMs > refusedAtMs);
  const about = replies[0];
  if (!about || (!lastStraw && !isRefused)) return [];
  const detectedAtMs = Math.min(lastStraw?.occurredAtMs ?? Number.POSITIVE_INFINITY, isRefused ? refusedAtMs : Number.POSITIVE_INFINITY);
  return [
    {
      kind: 'BOT_LOOP',
      about,
      evidence: [...(lastStraw ? replies : [about]), ...(request ? [request] : []), ...(end ? [end] : [])],
      severity: request ? 'HIGH' : 'MEDIUM',
      detectedAtMs: Math.max(detectedAtMs, about.occurredAtMs),
      endsAtMs: end && Math.max(end.occurredAtMs, detectedAtMs),
      message: request
        ? 'Asked for a person and was left with the bot'
        : `The bot replied ${replies.length} times without handing off or solving it`,
    },
  ];
}
