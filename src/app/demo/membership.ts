import { FEATURES, PLANS, type Plan, priceIn } from './catalogue';
import type { Device } from './customer';
import { openTicket } from './desk';
import { DAY_MS, deviceOf, type Life, oneAfterAnother, wakingIn } from './life';
import { rateApp } from './surveys';

const MONTH_MS = 30.4 * DAY_MS;
/** The higher, the more members stay for good. */
const LOYALTY = 6;

/** Registers, with all that the form asks; from now on every tool of sales and product knows the user's id. */
export function signUp(life: Life, device: Device = deviceOf(life)): void {
  const { voice, customer, chance } = life;
  if (voice.isSignedUp) return;
  voice.signUp();
  const { firstName, lastName, email, phones, country, city } = customer;
  const phone = phones[0] === undefined ? {} : { phone: phones[0] };
  voice.app(device, 'Signed Up', { type: customer.account ? 'invited' : 'organic', method: chance.pick(['password', 'google', 'apple']) });
  voice.identifyInShop(device, {
    firstName,
    lastName,
    email,
    ...phone,
    language: country.language,
    address: { city, country: country.code },
  });
}

/** The app: opened in the morning, a few features used, now and then an error, sometimes three in a row. */
function useApp(life: Life): void {
  const { agenda, chance, voice } = life;
  const device = deviceOf(life);
  if (device.form === 'laptop' || device.form === 'tablet') voice.app(device, 'Signed In', { method: 'password' });
  else voice.app(device, 'Application Opened', { from_background: chance.happens(0.6), version: '2.8.1' });
  const then = oneAfterAnother(life, 1);
  if (device.form !== 'laptop' && chance.happens(0.4)) then(() => voice.screen(device, chance.pick(['Home', 'Brew', 'Deliveries'])));
  for (let used = chance.whole(0, 2); used > 0; used--)
    then(() => voice.app(device, 'Feature Used', { feature_name: chance.pick(FEATURES) }));
  if (chance.happens(0.02)) then(() => rateApp(life, device));
  if (!chance.happens(0.03)) return;
  const message = chance.pick(['Session expired', 'Could not load deliveries', 'Network error']);
  for (let seen = chance.whole(1, 3); seen > 0; seen--) then(() => voice.app(device, 'Error Seen', { message, code: 'E42' }));
  if (chance.happens(0.25)) agenda.at(wakingIn(life, 1), () => openTicket(life, 'account'));
}

/** Uses the app every so often, for as long as the customer is there. */
export function keepUsingApp(life: Life, meanDays: number): void {
  if (!life.mood.gone) useApp(life);
  const days = (0.3 + life.chance.wait(0.7)) * meanDays * (life.mood.gone ? 4 : 1);
  life.agenda.at(wakingIn(life, days), () => keepUsingApp(life, meanDays));
}

interface Membership {
  readonly plan: Plan;
  /** How likely it is to be cancelled in a month without troubles: hardly ever by most, soon by some. */
  readonly leaving: number;
}

/** Two weeks of trial, then a month at a time until it is cancelled. */
export function tryMembership(life: Life): void {
  const { agenda, chance, voice } = life;
  const plan = chance.pick(PLANS);
  const membership = { plan, leaving: chance.fraction() ** LOYALTY };
  const trial = { trial_plan_name: plan.name, trial_end_date: new Date(agenda.nowMs + 14 * DAY_MS).toISOString() };
  voice.backend('Trial Started', trial);
  agenda.in(14 * DAY_MS, () => {
    voice.backend('Trial Ended', trial);
    if (chance.happens(0.72)) startMembership(life, membership, 'Subscription Started');
  });
}

function startMembership(life: Life, membership: Membership, event: string): void {
  const { agenda, chance, voice, mood } = life;
  mood.gone = false;
  voice.backend(event, terms(life, membership.plan));
  if (chance.happens(membership.leaving)) agenda.at(wakingIn(life, chance.between(4, 27)), () => cancel(life, membership));
  else agenda.in(MONTH_MS, () => renew(life, membership));
}

function renew(life: Life, membership: Membership): void {
  const { agenda, chance, voice, mood } = life;
  const { plan, leaving } = membership;
  const declined = chance.happens(0.06);
  const payment = {
    subscription_id: terms(life, plan).subscription_id,
    amount: priceIn(life.customer.country, plan.priceEuroCents),
    currency: life.customer.country.currency,
  };
  if (declined) {
    voice.crm('Payment Failed', { ...payment, reason: 'card expired' });
    agenda.in(3 * DAY_MS, () => voice.crm('Payment Failed', { ...payment, reason: 'card expired' }));
    mood.troubles++;
  } else {
    voice.crm('Payment Made', { ...payment, payment_method: 'card' });
    voice.backend('Subscription Renewed', terms(life, plan));
  }
  if (chance.happens(leaving + 0.1 * mood.troubles)) agenda.at(wakingIn(life, declined ? 6 : 2), () => cancel(life, membership));
  else agenda.in(MONTH_MS, () => renew(life, { plan: changedPlan(life, plan), leaving }));
}

function changedPlan(life: Life, plan: Plan): Plan {
  const { chance, voice } = life;
  if (!chance.happens(0.05)) return plan;
  const next = chance.pick(PLANS.filter((other) => other !== plan));
  const event = next.priceEuroCents > plan.priceEuroCents ? 'Subscription Upgraded' : 'Subscription Downgraded';
  voice.backend(event, { ...terms(life, next), previous_plan: plan.name });
  return next;
}

/** Leaves, with a reason; one in four comes back for an offer. */
function cancel(life: Life, membership: Membership): void {
  const { agenda, chance, voice, mood } = life;
  const reason =
    mood.troubles > 0 ? chance.pick(['bad service', 'late deliveries']) : chance.pick(['too expensive', 'too much coffee', 'moving']);
  voice.backend('Subscription Cancelled', { ...terms(life, membership.plan), reason });
  mood.gone = true;
  agenda.in(chance.between(30, 60) * DAY_MS, () => {
    const offer = {
      email_id: `winback-${life.customer.key}`,
      email_subject: 'We miss you: your next bag is on us',
      campaign_name: 'Win-back',
      campaign_id: 'win-back',
    };
    voice.mail('Email Delivered', offer);
    if (!chance.happens(0.25)) return;
    agenda.in(0.2 * DAY_MS, () => voice.mail('Email Opened', offer));
    agenda.in(0.21 * DAY_MS, () =>
      voice.mail('Email Link Clicked', { ...offer, link_url: 'https://www.harbour-roast.example.com/welcome-back' }),
    );
    agenda.at(wakingIn(life, 1), () => startMembership(life, membership, 'Subscription Resumed'));
  });
}

function terms({ customer }: Life, plan: Plan): { subscription_id: string; plan: string; price: number; currency: string } {
  return {
    subscription_id: `sub-${customer.key}`,
    plan: plan.name,
    price: priceIn(customer.country, plan.priceEuroCents),
    currency: customer.country.currency,
  };
}
