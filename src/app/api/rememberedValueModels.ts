import type { FittedValueRecord, ValueModels } from '../../api/ports/valueModels';
import type { Clock } from '../../kernel/clock';
import { readFittedValue } from '../../measures/value/fittedValue';
import { readValueModel } from '../../storage/statements/writeValueModel';
import type { WorkspaceConnections } from '../../storage/workspaceConnections';

/** Models are fitted once a day: a new one is noticed within this time. */
const TRUST_MS = 5_000;

/** Every customer's page asks for it, so it is read at most once in a while. */
export class RememberedValueModels implements ValueModels {
  private readonly remembered = new Map<number, { readonly untilMs: number; readonly fitted: Promise<FittedValueRecord | null> }>();

  constructor(
    private readonly connections: WorkspaceConnections,
    private readonly clock: Clock,
  ) {}

  readFitted(workspaceId: number): Promise<FittedValueRecord | null> {
    const nowMs = this.clock();
    const known = this.remembered.get(workspaceId);
    if (known && known.untilMs > nowMs) return known.fitted;
    const fitted = this.read(workspaceId);
    this.remembered.set(workspaceId, { untilMs: nowMs + TRUST_MS, fitted });
    fitted.catch(() => this.remembered.delete(workspaceId));
    return fitted;
  }

  private async read(workspaceId: number): Promise<FittedValueRecord | null> {
    const stored = await readValueModel(this.connections, workspaceId);
    return stored && { fittedAtMs: stored.fittedAtMs, customers: stored.customers, ...readFittedValue(stored.model) };
  }
}
