/** measures/lifecycle.ts (E): lifecycleOf(facts, nowMs, rules): Lifecycle */
export type LifecycleStage = 'ANONYMOUS' | 'AWARE' | 'CONSIDERING' | 'TRIAL' | 'CUSTOMER' | 'LOYAL' | 'AT_RISK' | 'CHURNED';
export interface Lifecycle {
  readonly stage: LifecycleStage;
  readonly history: readonly { readonly stage: LifecycleStage; readonly fromMs: number }[];
  readonly nextAtMs: number | null;
}
