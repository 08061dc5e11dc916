import type { ChangeType } from '../../activation/change';
import type { DeliveryStatus } from '../../activation/delivery';
import type { DestinationSettings } from '../../activation/destination';
import type { Author } from './author';

/** Without its secrets, which nobody gets to see again. */
export interface DestinationRecord extends DestinationSettings {
  readonly destinationId: string;
  /** GONE where it answered 410; null where a person disabled it, or nobody did. */
  readonly disabledReason: string | null;
  /** Attempts that failed, one after the other. */
  readonly failures: number;
  /** Nothing is sent to it before; null where it answers. */
  readonly pausedUntilMs: number | null;
}

export interface DeliveryRecord {
  readonly changeId: string;
  readonly profileId: string;
  readonly type: ChangeType;
  readonly atMs: number;
  readonly status: DeliveryStatus;
  readonly attempts: number;
  /** Of one that is pending; else null. */
  readonly nextAttemptAtMs: number | null;
  readonly lastStatus: number | null;
  readonly lastError: string | null;
  readonly deliveredAtMs: number | null;
}

export interface DeliveryPlace {
  readonly atMs: number;
  readonly changeId: string;
}

export interface AskedReplay {
  /** These; null: every one that failed. */
  readonly changeIds: readonly string[] | null;
  /** Of those that failed, the ones about something that happened since. */
  readonly sinceMs: number | null;
}

/** Where changes are delivered. What can't be is a Refusal: INVALID_INPUT with every fault, or NOT_FOUND. Changes are in the audit log. */
export interface DestinationDesk {
  /** The oldest first. */
  list(workspaceId: number): Promise<readonly DestinationRecord[]>;
  find(workspaceId: number, destinationId: string): Promise<DestinationRecord | null>;
  create(
    workspaceId: number,
    settings: DestinationSettings,
    author: Author,
  ): Promise<{ destination: DestinationRecord; signingSecret: string }>;
  /** What is left out stays. Enabling one forgets how it failed. */
  update(workspaceId: number, destinationId: string, change: Partial<DestinationSettings>, author: Author): Promise<DestinationRecord>;
  /** What waits for it is never sent. */
  remove(workspaceId: number, destinationId: string, author: Author): Promise<void>;
  /** The secret before signs for a day more. */
  rotateSecret(
    workspaceId: number,
    destinationId: string,
    author: Author,
  ): Promise<{ destination: DestinationRecord; signingSecret: string }>;
  /** The latest first, those after the given one. */
  listDeliveries(
    workspaceId: number,
    destinationId: string,
    page: { readonly status: DeliveryStatus | null; readonly after: DeliveryPlace | null; readonly limit: number },
  ): Promise<readonly DeliveryRecord[]>;
  /** Answers how many are sent again, under the ids they had, each profile's in order. */
  replay(workspaceId: number, destinationId: string, asked: AskedReplay, author: Author): Promise<number>;
}
