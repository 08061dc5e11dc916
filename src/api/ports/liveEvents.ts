import type { Department } from '../../kernel/vocabulary';
import type { Severity } from '../../measures/friction/signal';
import type { InteractionRecord } from './timelineReader';

/** Something that happened, for one subscriber. */
export interface LiveEvent<Value> {
  /** A subscription that names it as `after` goes on behind it; told again is only what may not have been told. */
  readonly eventId: string;
  readonly value: Value;
}

/** Events as they come. `return` ends it at once, also while `next` waits. `next` rejects where the subscriber is too slow or the events can't be read. */
export interface LiveStream<Value> extends AsyncIterableIterator<LiveEvent<Value>> {
  next(): Promise<IteratorResult<LiveEvent<Value>, undefined>>;
  return(): Promise<IteratorResult<LiveEvent<Value>, undefined>>;
}

export interface LiveStart {
  readonly workspaceId: number;
  /** The id of the last event that the subscriber has; null: only what happens from now on. */
  readonly after: string | null;
  /** Told when more waits than is kept for one subscriber: it may be stuck in sending, so that it would never ask for the error. */
  readonly onTooSlow: () => void;
}

export interface MembershipChange {
  readonly profileId: string;
  readonly entered: boolean;
  readonly atMs: number;
}

export interface FoundFriction {
  readonly profileId: string;
  readonly signalKey: string;
}

/**
 * What happens in a workspace, as it is written by whatever process; each stream is standing when it resolves. At least once: nothing is left out, and after a
 * reconnect something may come again. Refuses with INVALID_CURSOR an id that these streams did not give out, or gave out more than an hour ago.
 */
export interface LiveEvents {
  /** `profileId`: the profile that answers it, whichever that is by then. Changes that come close together are one event. */
  profileChanges(start: LiveStart, profileId: string): Promise<LiveStream<string>>;
  /** In the order they were received. `profileId`: null for all; `departments`: null for all. */
  interactions(
    start: LiveStart,
    wanted: { readonly profileId: string | null; readonly departments: readonly Department[] | null },
  ): Promise<LiveStream<InteractionRecord>>;
  memberships(start: LiveStart, segmentId: string): Promise<LiveStream<MembershipChange>>;
  friction(start: LiveStart, severities: readonly Severity[]): Promise<LiveStream<FoundFriction>>;
}
