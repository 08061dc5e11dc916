import { OFFICE_PLAN, priceIn } from './catalogue';
import { DAY_MS, deviceOf, HOUR_MS, type Life, wakingIn } from './life';
import { keepUsingApp, signUp } from './membership';

const STAGES = ['Qualified', 'Demo', 'Offer'] as const;

/** How a company comes to the Office plan: its buyer asks for a demo, sales works on it, and most sign. */
export function courtAccount(life: Life): void {
  const { agenda, chance, voice, customer } = life;
  const device = deviceOf(life);
  const deal = { deal_id: `deal-${customer.account?.groupId}`, deal_name: `${customer.account?.name}: Office plan` };
  const worth = { amount: priceIn(customer.country, OFFICE_PLAN.priceEuroCents) * 12, currency: customer.country.currency };
  voice.page(device, 'For Offices', '/offices');
  voice.identifyOnSite(device, {
    email: customer.email,
    firstName: customer.firstName,
    lastName: customer.lastName,
    company: customer.account?.name,
  });
  voice.site(device, 'Demo Requested', { product_name: 'Office plan', ...deal });
  agenda.in(HOUR_MS, () => voice.crm('Lead Created', { lead_source: 'website', ...deal }));
  agenda.at(wakingIn(life, 2), () =>
    voice.crm('Appointment Booked', { title: 'Tasting and demo', starts_at: new Date(agenda.nowMs + 5 * DAY_MS).toISOString(), ...deal }),
  );
  let days = 3;
  for (const [index, stage] of STAGES.entries()) {
    agenda.at(wakingIn(life, days), () =>
      voice.crm('Deal Stage Changed', { ...deal, ...worth, from_stage: STAGES[index - 1] ?? 'New', to_stage: stage }),
    );
    days += chance.between(3, 9);
  }
  const isWon = customer.account?.signs === true;
  agenda.at(wakingIn(life, days), () => {
    voice.crm(isWon ? 'Deal Won' : 'Deal Lost', { ...deal, ...worth });
    if (isWon) agenda.at(wakingIn(life, 1), () => openAccount(life));
  });
}

function openAccount(life: Life): void {
  const { agenda, voice, customer } = life;
  const device = deviceOf(life);
  signUp(life, device);
  voice.app(device, 'Account Created', { account_name: customer.account?.name ?? '' });
  voice.group(device);
  voice.app(device, 'Invite Sent', { invitee_role: 'Member' });
  agenda.in(HOUR_MS, () => invoice(life, 'Subscription Started'));
  agenda.at(wakingIn(life, 2), () => keepUsingApp(life, 16));
}

/** The company pays by the month, sometimes late. */
function invoice(life: Life, event: string): void {
  const { agenda, chance, voice, customer } = life;
  const price = { price: priceIn(customer.country, OFFICE_PLAN.priceEuroCents), currency: customer.country.currency };
  const subscription = { subscription_id: `sub-${customer.account?.groupId}`, plan: OFFICE_PLAN.name };
  voice.backend(event, { ...subscription, ...price });
  const paidInDays = chance.happens(0.1) ? chance.between(20, 30) : chance.between(1, 9);
  const paid = { ...subscription, amount: price.price, currency: price.currency, payment_method: 'invoice' };
  agenda.at(wakingIn(life, paidInDays), () => voice.crm('Payment Made', paid));
  if (chance.happens(0.015))
    agenda.at(wakingIn(life, 12), () => voice.backend('Subscription Cancelled', { ...subscription, reason: 'office closed' }));
  else agenda.in(30.4 * DAY_MS, () => invoice(life, 'Subscription Renewed'));
}
