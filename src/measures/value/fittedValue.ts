import type { RfmCuts } from './rfm';
import type { ValueModel } from './valueModel';

/** What is learnt of all customers of a workspace at one time. Plain JSON. */
export interface FittedValue {
  readonly model: ValueModel;
  readonly cuts: RfmCuts;
}

export function fittedValueText(fitted: FittedValue): string {
  return JSON.stringify(fitted);
}

/** Of a text that `fittedValueText` made. */
export function readFittedValue(text: string): FittedValue {
  return JSON.parse(text);
}
