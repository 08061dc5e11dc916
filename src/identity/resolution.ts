import type { BatchChanges } from './batchChanges';
import type { GraphReads } from './graphReads';
import type { IdentityWindow } from './identityWindow';
import type { NameHint } from './nameHints';
import type { PendingReplay } from './pendingReplay';

/** What the steps of one resolve call work on. */
export interface Resolution {
  readonly window: IdentityWindow;
  readonly reads: GraphReads;
  readonly changes: BatchChanges;
  readonly pending: PendingReplay;
  /** What groups that people decided about are to be called. */
  readonly nameHints: readonly NameHint[];
}
