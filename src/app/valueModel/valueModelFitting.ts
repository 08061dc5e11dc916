import type { Pool } from 'pg';
import type { Clock } from '../../kernel/clock';
import { countValuedCustomers, loadValuedCustomers, type ValuedCustomer } from '../../storage/statements/loadValuedCustomers';
import { countFittedCustomers, writeValueModel } from '../../storage/statements/writeValueModel';
import { inWorkspace } from '../../storage/workspaceTransaction';
import type { ValueToFit } from './fitValue';

const PAGE_CUSTOMERS = 2_000;
/** More customers change what is learnt little, and take long. */
const MOST_CUSTOMERS = 200_000;
/** Between two days' fits a model is good until there are half as many customers again. */
const GROWTH = 1.5;
/** How often it is looked whether there are. */
const LOOK_EVERY_MS = 10_000;

export interface ValueModelFittingOptions {
  /** Of the role throughline_app. */
  readonly pool: Pool;
  readonly clock: Clock;
  /** `fitValue`, beside whatever else the process does. */
  readonly learn: (toFit: ValueToFit) => Promise<string>;
}

/** Learns from a workspace's customers how they order, spend and leave. */
export class ValueModelFitting {
  private readonly nextLookAtMs = new Map<number, number>();
  /** Workspaces that it was too early to look at. */
  private readonly unseen = new Set<number>();

  constructor(private readonly options: ValueModelFittingOptions) {}

  async fit(workspaceId: number): Promise<void> {
    const { pool, clock, learn } = this.options;
    const fittedAtMs = clock();
    const customers = await this.customers(workspaceId);
    const model = await learn({ customers, nowMs: fittedAtMs });
    const ordered = customers.filter(({ orders }) => orders > 0).length;
    await inWorkspace(pool, workspaceId, 'changes', (client) =>
      writeValueModel(client, workspaceId, { fittedAtMs, customers: ordered, model }),
    );
  }

  /** Whether so many customers have come since the last fit that the next one should not wait for its day. Looks at most every ten seconds. */
  hasGrown(workspaceId: number): Promise<boolean> {
    const { pool, clock } = this.options;
    if (clock() < (this.nextLookAtMs.get(workspaceId) ?? 0)) {
      this.unseen.add(workspaceId);
      return Promise.resolve(false);
    }
    this.unseen.delete(workspaceId);
    this.nextLookAtMs.set(workspaceId, clock() + LOOK_EVERY_MS);
    return inWorkspace(pool, workspaceId, 'snapshot', async (client) => {
      const [now, fitted] = await Promise.all([countValuedCustomers(client, workspaceId), countFittedCustomers(client, workspaceId)]);
      return now > 0 && Math.min(now, MOST_CUSTOMERS) >= fitted * GROWTH;
    });
  }

  /** Workspaces at which `hasGrown` was asked to look too early, and would look now. */
  toLookAt(): readonly number[] {
    const nowMs = this.options.clock();
    return [...this.unseen].filter((workspaceId) => nowMs >= (this.nextLookAtMs.get(workspaceId) ?? 0));
  }

  private async customers(workspaceId: number): Promise<readonly ValuedCustomer[]> {
    const customers: ValuedCustomer[] = [];
    for (let after: string | null = null; customers.length < MOST_CUSTOMERS; after = customers.at(-1)?.profileId ?? null) {
      const page: { readonly after: string | null; readonly limit: number } = { after, limit: PAGE_CUSTOMERS };
      const next = await inWorkspace(this.options.pool, workspaceId, 'snapshot', (client) =>
        loadValuedCustomers(client, workspaceId, page),
      );
      customers.push(...next);
      if (next.length < PAGE_CUSTOMERS) break;
    }
    return customers;
  }
}
