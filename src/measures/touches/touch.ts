import type { Channel, Department, Direction, InteractionKind } from '../../kernel/vocabulary';

/** What paths need to know of an interaction: that it was there, when, of whom, and under which labels. */
export interface Touch {
  /** The one that the interaction belongs to for good. */
  readonly identifierId: bigint;
  readonly occurredAtMs: number;
  readonly messageId: string;
  readonly kind: InteractionKind;
  readonly department: Department;
  readonly channel: Channel;
  readonly direction: Direction;
  readonly name: string;
  /** Of the customer's own words, −1 to 1; null where there are none that can be judged. */
  readonly sentiment: number | null;
}

/** By time, ties by message id. Two sources may use one message id: then by what else is told apart, so that the order never depends on arrival. */
export function compareTouches(left: Touch, right: Touch): number {
  return (
    left.occurredAtMs - right.occurredAtMs ||
    ascending(left.messageId, right.messageId) ||
    ascending(left.identifierId, right.identifierId) ||
    ascending(left.kind, right.kind) ||
    ascending(left.name, right.name)
  );
}

export function ascending<Value extends string | bigint | number>(left: Value, right: Value): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
