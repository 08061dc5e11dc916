import type { FittedValue } from '../../measures/value/fittedValue';

export interface FittedValueRecord extends FittedValue {
  readonly fittedAtMs: number;
  /** How many had ordered. */
  readonly customers: number;
}

export interface ValueModels {
  /** What was learnt of all customers last, as it was within the last seconds; null where nothing was yet. */
  readFitted(workspaceId: number): Promise<FittedValueRecord | null>;
}
