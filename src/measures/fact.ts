import type { JsonObject } from '../kernel/json';
import type { Channel, Department, Direction, InteractionKind } from '../kernel/vocabulary';

/**
 * What measures are computed from: one interaction of a customer, read back from the timeline. Facts of a customer are handed around in order:
 * by `occurredAtMs`, then by `messageId`. Everything in this floor is a pure function of facts and of a given `nowMs`.
 */
export interface Fact {
  readonly interactionId: string;
  readonly messageId: string;
  readonly occurredAtMs: number;
  readonly kind: InteractionKind;
  readonly department: Department;
  readonly channel: Channel;
  readonly direction: Direction;
  readonly sourceId: number;
  /** The event's own name, as the source calls it. */
  readonly name: string;
  /** Ticket, chat, call, deal, order or cart that it belongs to, as the source numbers it. */
  readonly subject: { readonly type: string; readonly externalId: string } | null;
  /** As the source sent them; the names in use are listed in docs/decisions/experience.md. */
  readonly properties: JsonObject;
}

/** The order in which things happened to a customer: ties by message id. */
export function byTime(left: Fact, right: Fact): number {
  if (left.occurredAtMs !== right.occurredAtMs) return left.occurredAtMs - right.occurredAtMs;
  return left.messageId < right.messageId ? -1 : left.messageId > right.messageId ? 1 : 0;
}
