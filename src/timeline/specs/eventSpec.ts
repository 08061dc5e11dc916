import type { Channel, Department, Direction, InteractionKind } from '../../kernel/vocabulary';

/** What an event's name alone says about the interaction. */
export interface EventSpec {
  readonly kind: InteractionKind;
  /** SOURCE: a neutral event, of whichever department its source is. */
  readonly department: Department | 'SOURCE';
  /** CONTEXT: told by the message's context. STATED: by the property `channel` where there is one, else by the context. */
  readonly channel: Channel | 'CONTEXT' | 'STATED';
  /** The usual direction; the message itself may say another. */
  readonly direction: Direction;
  /** The account in the context is what the event is about. */
  readonly aboutAccount: boolean;
}

/** The published name first, then older and other names for the same. */
export type EventSpecRow = readonly [
  names: readonly string[],
  kind: EventSpec['kind'],
  department: EventSpec['department'],
  channel: EventSpec['channel'],
  direction: EventSpec['direction'],
  about?: 'ACCOUNT',
];
