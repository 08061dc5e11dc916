import { addMoney, type Money, noMoney, splitMoney } from '../../kernel/money';

/** What led to one conversion, or to none: the labels of the touches, such as channels or campaigns, in order. */
export interface ConversionPath {
  readonly touches: readonly string[];
  /** How many customers went this way and converted, and how many did not. */
  readonly conversions: number;
  readonly others: number;
  /** What the conversions came to, by currency each on its own; none where they are only counted. */
  readonly values: readonly Money[];
}

export const RULE_MODELS = ['FIRST', 'LAST', 'LINEAR', 'U_SHAPED'] as const;
/** Models that share a conversion by the place of the touches alone. */
export type RuleModel = (typeof RULE_MODELS)[number];

/** What one label is given the credit for. */
export interface Credit {
  readonly label: string;
  readonly conversions: number;
  readonly values: readonly Money[];
}

/** Credit by label, most conversions first. Conversions without any touch are nobody's. The credits of a path add up to what it brought, exactly. */
export function attributeByRule(paths: readonly ConversionPath[], model: RuleModel): readonly Credit[] {
  const credits = new Map<string, { conversions: number; values: Map<string, Money> }>();
  for (const { touches, conversions, values } of paths) {
    const shares = touchShares(model, touches.length);
    const total = shares.reduce((sum, share) => sum + share, 0);
    const parts = values.map((value) => splitMoney(value, shares));
    for (const [index, label] of touches.entries()) {
      const credit = credits.get(label) ?? { conversions: 0, values: new Map<string, Money>() };
      credits.set(label, credit);
      credit.conversions += (conversions * (shares[index] ?? 0)) / total;
      for (const part of parts) addTo(credit.values, part[index]);
    }
  }
  return [...credits]
    .map(([label, { conversions, values }]) => ({ label, conversions, values: [...values.values()] }))
    .sort((one, other) => other.conversions - one.conversions || (one.label < other.label ? -1 : 1));
}

function addTo(values: Map<string, Money>, part: Money | undefined): void {
  if (part) values.set(part.currency, addMoney(values.get(part.currency) ?? noMoney(part.currency), part));
}

/** How a conversion is shared among so many touches, in whole parts. U-shaped: 40 %, 20 % among those between, 40 %; two touches half each. */
export function touchShares(model: RuleModel, touches: number): readonly number[] {
  const alike = new Array<number>(touches).fill(1);
  if (model === 'LINEAR' || touches < 2) return alike;
  if (model === 'FIRST') return alike.map((_, index) => (index === 0 ? 1 : 0));
  if (model === 'LAST') return alike.map((_, index) => (index === touches - 1 ? 1 : 0));
  const outer = Math.max(1, 2 * (touches - 2));
  return alike.with(0, outer).with(-1, outer);
}

/** One touch of a customer, or one conversion. */
export interface Touch {
  readonly atMs: number;
  readonly label: string;
}
export interface Conversion {
  readonly atMs: number;
  readonly value: Money | null;
}

/**
 * A customer's paths: to each conversion the touches since the one before and no older than `lookbackMs`; what came after the last conversion has
 * led to none so far. Touches in order of time, conversions too; a touch at the moment of a conversion counts for it.
 */
export function conversionPathsOf(
  touches: readonly Touch[],
  conversions: readonly Conversion[],
  lookbackMs: number,
): readonly ConversionPath[] {
  let afterMs = Number.NEGATIVE_INFINITY;
  const between = (fromMs: number, toMs: number) => touches.filter(({ atMs }) => atMs > fromMs && atMs <= toMs).map(({ label }) => label);
  const paths: ConversionPath[] = conversions.map(({ atMs, value }) => {
    const fromMs = Math.max(afterMs, atMs - lookbackMs - 1);
    afterMs = atMs;
    return { touches: between(fromMs, atMs), conversions: 1, others: 0, values: value ? [value] : [] };
  });
  const rest = between(afterMs, Number.POSITIVE_INFINITY);
  return rest.length === 0 ? paths : [...paths, { touches: rest, conversions: 0, others: 1, values: [] }];
}
