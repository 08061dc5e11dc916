// SIGNATURES AGREED BETWEEN COLLEAGUES. Each type moves into the file of its owner (named in the comment) when that file is written; this file then goes.

/** measures/lifecycle.ts (E): lifecycleOf(facts, nowMs, rules): Lifecycle */
export type LifecycleStage = 'ANONYMOUS' | 'AWARE' | 'CONSIDERING' | 'TRIAL' | 'CUSTOMER' | 'LOYAL' | 'AT_RISK' | 'CHURNED';
export interface Lifecycle {
  readonly stage: LifecycleStage;
  readonly history: readonly { readonly stage: LifecycleStage; readonly fromMs: number }[];
  readonly nextAtMs: number | null;
}
