import type { JsonObject } from '../kernel/json';
import type { Channel, InteractionKind } from '../kernel/vocabulary';
import { channelNamed } from '../timeline/channel';
import { authorOf } from './author';
import type { Fact } from './fact';

/** What customers are called who said it themselves: the names that CRMs use. */
const STATED_IN = ['preferred_channel', 'preferredChannel', 'preferred_contact_method', 'preferredContactMethod', 'contact_preference'];

/** Kinds by which a customer speaks to the company. */
const SPEAKING: ReadonlySet<InteractionKind> = new Set(['CONVERSATION_OPENED', 'CONVERSATION_REPLIED', 'CALL_STARTED']);

/** These say through which system something came, not how the customer likes to talk. */
const NO_PLACE_TO_TALK: ReadonlySet<Channel> = new Set(['API', 'OTHER']);

/**
 * The channel to reach a customer on: the one their traits state, else the one they themselves wrote and called on most, of equals the one used
 * last. Null where neither tells.
 */
export function preferredChannel(facts: readonly Fact[], traits: JsonObject): Channel | null {
  for (const trait of STATED_IN) {
    const stated = channelNamed(traits[trait]);
    if (stated) return stated;
  }
  return mostUsed(facts.filter((fact) => SPEAKING.has(fact.kind) && authorOf(fact) === 'customer'));
}

function mostUsed(spoken: readonly Fact[]): Channel | null {
  const uses = new Map<Channel, { count: number; lastMs: number }>();
  for (const { channel, occurredAtMs } of spoken) {
    if (NO_PLACE_TO_TALK.has(channel)) continue;
    const { count, lastMs } = uses.get(channel) ?? { count: 0, lastMs: occurredAtMs };
    uses.set(channel, { count: count + 1, lastMs: Math.max(lastMs, occurredAtMs) });
  }
  const [best] = [...uses].sort(([, left], [, right]) => right.count - left.count || right.lastMs - left.lastMs);
  return best?.[0] ?? null;
}
