import type { InteractionKind } from '../../kernel/vocabulary';
import { moneyOf } from './moneyText';
import { after, day, list, nameHas, numbered, type Phrase, phrase, quoted, reason, said, spoken, type Told } from './told';

const plan = (told: Told) => spoken(said(told.properties, 'plan_name', 'plan', 'trial_plan_name', 'product_name'));
const price = (told: Told) =>
  moneyOf(told.properties, 'amount', 'mrr') || regularPrice(told) || moneyOf(told.properties, 'value', 'revenue', 'total');

/** Product, identity and lifecycle, one line a kind. */
export const PRODUCT_PHRASES = {
  SIGNED_UP: (told) => list('Signed up', said(told.properties, 'type', 'method')),
  SIGNED_IN: (told) => phrase('Signed in', after('with', said(told.properties, 'method'))),
  TRIAL_STARTED: (told) =>
    list(
      phrase('Trial', after('of', plan(told)), 'started'),
      after('until', day(said(told.properties, 'trial_end_date', 'trial_ends_at'))),
    ),
  TRIAL_ENDED: (told) => phrase('Trial', after('of', plan(told)), 'ended'),
  SUBSCRIPTION_STARTED: (told) =>
    list(
      phrase('Subscription', after('to', plan(told)), nameHas(told, 'resum') || nameHas(told, 'reactiv') ? 'resumed' : 'started'),
      price(told),
    ),
  SUBSCRIPTION_RENEWED: (told) => list(phrase('Subscription', after('to', plan(told)), 'renewed'), price(told)),
  SUBSCRIPTION_CHANGED: subscriptionChanged,
  SUBSCRIPTION_CANCELLED: (told) => list(phrase('Subscription', after('to', plan(told)), 'cancelled'), reason(told)),
  FEATURE_USED: (told) => phrase('Feature', quoted(said(told.properties, 'feature_name', 'feature', 'name')), 'used'),
  APP_OPENED: (told) => list(nameHas(told, 'install') ? 'App installed' : 'App opened', after('version', said(told.properties, 'version'))),
  ERROR_SEEN: (told) =>
    nameHas(told, 'crash')
      ? 'App crashed'
      : list(phrase('Error', quoted(said(told.properties, 'message', 'error_message', 'error', 'code')), 'seen')),
  IDENTIFIED: identified,
  ACCOUNT_JOINED: (told) =>
    list(
      phrase('Joined', quoted(said(told.properties, 'name', 'account_name')) || numbered('account', told, 'account')),
      after('as', said(told.properties, 'role')),
    ),
  CONSENT_CHANGED: consentChanged,
  SEGMENT_ENTERED: (told) => phrase('Entered segment', segment(told)),
  SEGMENT_LEFT: (told) => phrase('Left segment', segment(told)),
} satisfies Partial<Record<InteractionKind, Phrase>>;

const segment = (told: Told) => quoted(said(told.properties, 'segment_name', 'audience_name', 'segment_key', 'audience_key', 'segment'));

/** `10 × 7.00 USD a month`, `90.00 EUR every 3 months`. */
function regularPrice({ properties }: Told): string {
  const [each, quantity, count, interval] = [
    moneyOf(properties, 'price'),
    said(properties, 'quantity'),
    said(properties, 'interval_count'),
    said(properties, 'interval'),
  ];
  const amount = each && Number(quantity) > 1 ? `${quantity} × ${each}` : each;
  return amount && phrase(amount, Number(count) > 1 ? after('every', interval && `${count} ${interval}s`) : after('a', interval));
}

function subscriptionChanged(told: Told): string {
  const from = said(told.properties, 'previous_plan', 'from_plan', 'old_plan');
  for (const word of ['upgraded', 'downgraded', 'paused']) {
    if (nameHas(told, word)) return list(phrase('Subscription', word, after('from', from), after('to', plan(told))), price(told));
  }
  return list(phrase('Subscription changed', after('from', from), after('to', plan(told))), price(told));
}

const NAMED_TRAITS = 4;

/** Names what was said of the customer, not the values: those are personal. */
function identified(told: Told): string {
  if (said(told.properties, 'previousId') !== '') return 'Two ids declared the same customer';
  if (nameHas(told, 'merged')) return 'Two contacts merged into one';
  const keys = Object.keys(told.properties).slice(0, NAMED_TRAITS + 1);
  const named = keys.slice(0, NAMED_TRAITS).map((key) => said({ key }, 'key'));
  if (named.length === 0) return 'Identified';
  return `Identified: ${list(...named)}${keys.length > NAMED_TRAITS ? ' …' : ''}`;
}

function consentChanged(told: Told): string {
  const { properties } = told;
  const purpose = said(properties, 'purpose', 'category', 'list_name', 'channel');
  const isWithdrawn = properties['granted'] === false || nameHas(told, 'withdrawn') || nameHas(told, 'revoked');
  const isGiven = properties['granted'] === true || nameHas(told, 'given') || nameHas(told, 'granted');
  return phrase('Consent', after('to', purpose), isWithdrawn ? 'withdrawn' : isGiven ? 'given' : 'changed');
}
