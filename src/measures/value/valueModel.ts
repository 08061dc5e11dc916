import { estimatedMoney, type Money } from '../../kernel/money';
import { aliveProbability, expectedOrders } from './bgNbd';
import { type BgNbdFit, fitBgNbd } from './fitBgNbd';
import { expectedOrderValue, fitGammaGamma, type GammaGammaFit } from './gammaGamma';
import type { CustomerHistory } from './purchaseHistory';
import { endingRisk, fitShiftedBetaGeometric, type SbgFit, type SubscriptionLife } from './shiftedBetaGeometric';

/** What the models need of one customer as of one time: orderHistoryOf and subscriptionLivesOf make it. */
export interface ModelledCustomer {
  /** The currency that the customer's orders are valued in. */
  readonly currency: string;
  /** In days. Null without orders. */
  readonly history: CustomerHistory | null;
  /** In months. */
  readonly lives: readonly SubscriptionLife[];
}

/** A workspace's models as fitted at one time; plain JSON. A model is null, or missing, where there is too little to learn it from. */
export interface ValueModel {
  readonly ordering: BgNbdFit | null;
  /** By currency: amounts of one currency say nothing about those of another. */
  readonly spending: Readonly<Record<string, GammaGammaFit>>;
  readonly ending: SbgFit | null;
}

export interface Prediction {
  readonly aliveProbability: number | null;
  readonly predictedOrders: number | null;
  readonly predictedValue: Money | null;
  /** How likely the customer is lost: the chance that all running subscriptions end within three months, without any 1 − P(alive). */
  readonly churnRisk: number | null;
}

export const PREDICTION_DAYS = 90;
const RISK_MONTHS = 3;

export function fitValueModel(customers: readonly ModelledCustomer[]): ValueModel {
  const ordered = customers.flatMap(({ currency, history }) => (history ? [{ currency, history }] : []));
  const currencies = [...new Set(ordered.map(({ currency }) => currency))].sort();
  const spending = currencies.flatMap((currency) => {
    const model = fitGammaGamma(ordered.filter((customer) => customer.currency === currency).map(({ history }) => history.spend));
    return model ? [[currency, model] as const] : [];
  });
  return {
    ordering: fitBgNbd(ordered.map(({ history }) => history)),
    spending: Object.fromEntries(spending),
    ending: fitShiftedBetaGeometric(customers.flatMap(({ lives }) => lives)),
  };
}

/** Over the next PREDICTION_DAYS. */
export function predictionOf({ currency, history, lives }: ModelledCustomer, { ordering, spending, ending }: ValueModel): Prediction {
  const modelled = history && ordering ? { history, ordering } : null;
  const alive = modelled && aliveProbability(modelled.history, modelled.ordering);
  const orders = modelled && expectedOrders(modelled.history, PREDICTION_DAYS, modelled.ordering);
  const spender = spending[currency];
  const orderValue = history && spender ? expectedOrderValue(history.spend, spender) : null;
  return {
    aliveProbability: alive,
    predictedOrders: orders,
    predictedValue: orders === null || orderValue === null ? null : estimatedMoney(orders * orderValue, currency),
    churnRisk: subscriptionRisk(lives, ending) ?? (alive === null ? null : 1 - alive),
  };
}

/** 1 once all subscriptions have ended; null without any, or while one runs that no model speaks of. */
function subscriptionRisk(lives: readonly SubscriptionLife[], ending: SbgFit | null): number | null {
  if (lives.length === 0) return null;
  const running = lives.filter(({ ended }) => !ended);
  if (running.length === 0) return 1;
  return ending && running.reduce((risk, { periods }) => risk * endingRisk(periods, RISK_MONTHS, ending), 1);
}
