import { MAX_QUIET_SECONDS } from '../../activation/destination';
import type { Clock } from '../../kernel/clock';
import {
  expireDeliveries,
  forgetDeliveries,
  forgetErasureDeliveries,
  workspacesWithDeliveries,
} from '../../storage/statements/keepDeliveries';
import type { WorkspaceConnections } from '../../storage/workspaceConnections';

/** Whom a quiet period spares is told from the log. */
const KEPT_MS = MAX_QUIET_SECONDS * 1_000;
/** In one statement. */
const PAGE_DELIVERIES = 2_000;
/** In one run and workspace; what is left is for the next one. */
const PAGES = 20;

/** Ends what could not be sent within its day, and forgets what was delivered or failed a month ago. */
export class DeliveryUpkeep {
  private isStopping = false;

  constructor(private readonly options: { readonly connections: WorkspaceConnections; readonly clock: Clock }) {}

  async run(): Promise<void> {
    const { connections, clock } = this.options;
    for (const workspaceId of await workspacesWithDeliveries(connections)) {
      await this.pages(() => expireDeliveries(connections, workspaceId, clock(), PAGE_DELIVERIES));
      await forgetErasureDeliveries(connections, workspaceId);
      await this.pages(() => forgetDeliveries(connections, workspaceId, clock() - KEPT_MS, PAGE_DELIVERIES));
    }
  }

  /** Lets a run end after its current statement. */
  stop(): void {
    this.isStopping = true;
  }

  private async pages(page: () => Promise<number>): Promise<void> {
    for (let left = PAGES; left > 0 && !this.isStopping; left--) {
      if ((await page()) < PAGE_DELIVERIES) return;
    }
  }
}
