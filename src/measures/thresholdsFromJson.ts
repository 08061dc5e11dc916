import type { Json } from '../kernel/json';
import { INTERACTION_KINDS, type InteractionKind } from '../kernel/vocabulary';
import { DEFAULT_LIFECYCLE_RULES, type LifecycleRules } from './lifecycleRules';
import { type FrictionThresholds, USUAL_THRESHOLDS } from './settings';
import type { SettingsFaults } from './settingsFaults';

const THRESHOLD_NAMES = Object.keys(USUAL_THRESHOLDS) as (keyof FrictionThresholds)[];

/** By the names of the thresholds. A sentiment, of which the usual is below 0, is from -1 to 0; a share at most 1; all else above 0. */
export function thresholdsFromJson(json: Json | undefined, faults: SettingsFaults): FrictionThresholds {
  const members = faults.members('friction', json, THRESHOLD_NAMES);
  const thresholds = { ...USUAL_THRESHOLDS };
  for (const name of THRESHOLD_NAMES) {
    const usual = USUAL_THRESHOLDS[name];
    const range = usual < 0 ? ([-1, 0] as const) : usual < 1 ? ([0, 1] as const) : ([Number.MIN_VALUE, Number.MAX_SAFE_INTEGER] as const);
    thresholds[name] = numberWithin(`friction.${name}`, members[name], usual, { range, faults });
  }
  return thresholds;
}

const RULE_NAMES = Object.keys(DEFAULT_LIFECYCLE_RULES);

/** By the names of the rules; lists of kinds replace the usual ones. */
export function lifecycleRulesFromJson(json: Json | undefined, faults: SettingsFaults): LifecycleRules {
  const usual = DEFAULT_LIFECYCLE_RULES;
  const members = faults.members('lifecycle', json, RULE_NAMES);
  const silence = faults.members('lifecycle.silence', members['silence'], Object.keys(usual.silence));
  const above = { range: [Number.MIN_VALUE, Number.MAX_SAFE_INTEGER], faults } as const;
  const share = { range: [0, 1], faults } as const;
  const days = (name: 'consideringDays' | 'trialDays' | 'loyalOrders' | 'loyalSubscriptionDays') =>
    numberWithin(`lifecycle.${name}`, members[name], usual[name], above);
  return {
    awareKinds: kindsFrom('lifecycle.awareKinds', members['awareKinds'], usual.awareKinds, faults),
    consideringKinds: kindsFrom('lifecycle.consideringKinds', members['consideringKinds'], usual.consideringKinds, faults),
    consideringDays: days('consideringDays'),
    trialDays: days('trialDays'),
    loyalOrders: days('loyalOrders'),
    loyalSubscriptionDays: days('loyalSubscriptionDays'),
    atRiskShare: numberWithin('lifecycle.atRiskShare', members['atRiskShare'], usual.atRiskShare, share),
    silence: {
      leastDays: numberWithin('lifecycle.silence.leastDays', silence['leastDays'], usual.silence.leastDays, above),
      percentile: numberWithin('lifecycle.silence.percentile', silence['percentile'], usual.silence.percentile, share),
    },
  };
}

interface Bounds {
  readonly range: readonly [least: number, most: number];
  readonly faults: SettingsFaults;
}

function numberWithin(place: string, json: Json | undefined, usual: number, { range: [least, most], faults }: Bounds): number {
  if (json === undefined) return usual;
  if (typeof json === 'number' && json >= least && json <= most) return json;
  const bounds = least === Number.MIN_VALUE ? 'above 0' : `from ${least} to ${most}`;
  faults.add(place, `must be a number ${bounds}`);
  return usual;
}

const KINDS: ReadonlySet<string> = new Set(INTERACTION_KINDS);

function kindsFrom(
  place: string,
  json: Json | undefined,
  usual: readonly InteractionKind[],
  faults: SettingsFaults,
): readonly InteractionKind[] {
  if (json === undefined) return usual;
  return faults.items(place, json).flatMap((kind) => {
    if (typeof kind === 'string' && KINDS.has(kind)) return [kind as InteractionKind];
    faults.add(place, 'must hold kinds of interactions only');
    return [];
  });
}
