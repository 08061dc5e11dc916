import { type Decimal, decimalText, parseDecimal } from '../../kernel/decimal';
import type { RfmCuts } from './rfm';
import type { ValueModel } from './valueModel';

/** What is learnt of all customers of a workspace at one time. */
export interface FittedValue {
  readonly model: ValueModel;
  readonly cuts: RfmCuts;
}

interface StoredValue {
  readonly model: ValueModel;
  readonly cuts: {
    readonly recency: readonly number[];
    readonly frequency: readonly number[];
    /** Decimal texts by currency. */
    readonly monetary: Readonly<Record<string, readonly string[]>>;
  };
}

/** As JSON text, every digit of the amounts kept. */
export function fittedValueText({ model, cuts }: FittedValue): string {
  const { recency, frequency, monetary } = cuts;
  const amounts = Object.fromEntries([...monetary].map(([currency, values]) => [currency, values.map((value) => decimalText(value))]));
  return JSON.stringify({ model, cuts: { recency, frequency, monetary: amounts } } satisfies StoredValue);
}

/** Of a text that `fittedValueText` made. */
export function readFittedValue(text: string): FittedValue {
  const { model, cuts }: StoredValue = JSON.parse(text);
  const amounts = Object.entries(cuts.monetary).map(([currency, values]) => [currency, values.map(decimalOf)] as const);
  return { model, cuts: { recency: cuts.recency, frequency: cuts.frequency, monetary: new Map(amounts) } };
}

function decimalOf(text: string): Decimal {
  const decimal = parseDecimal(text);
  if (!decimal) throw new Error(`"${text}" is no amount.`);
  return decimal;
}
