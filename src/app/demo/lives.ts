import { contactSupport } from './desk';
import { DAY_MS, deviceOf, HOUR_MS, type Life, wakingIn } from './life';
import { subscribeToNews } from './mailings';
import { keepUsingApp, signUp, tryMembership } from './membership';
import { order, visit } from './shopping';
import { askToRecommend } from './surveys';

/** How each manner of customer spends the year, from the first visit on. */
export function live(life: Life): void {
  const { agenda, chance, customer } = life;
  if (customer.manner === 'colleague') {
    agenda.at(wakingIn(life, chance.between(0, 20)), () => joinTeam(life));
    return;
  }
  visit(life, chance.happens(0.6));
  lookAround(life, customer.manner === 'browser' ? 3 : 2);
  if (customer.manner === 'browser') return;
  const daysToNews = chance.between(0.1, 12);
  if (customer.manner === 'reader' || chance.happens(0.7)) agenda.at(wakingIn(life, daysToNews), () => subscribeToNews(life));
  if (customer.manner !== 'reader') agenda.at(wakingIn(life, chance.between(1, 16)), () => becomeCustomer(life));
}

function lookAround(life: Life, most: number): void {
  const { agenda, chance } = life;
  let days = 0;
  for (let visits = chance.whole(0, most); visits > 0; visits--) {
    days += 0.2 + chance.wait(5);
    agenda.at(wakingIn(life, days), () => visit(life));
  }
}

/** Signs up at the checkout, orders, and goes on as the manner has it. */
function becomeCustomer(life: Life): void {
  const { agenda, chance, customer } = life;
  signUp(life);
  order(life);
  if (chance.happens(0.65)) agenda.in(chance.between(20, 80) * DAY_MS, () => askToRecommend(life));
  if (customer.manner === 'buyer') {
    orderAgainSometimes(life, buyersHabit(life));
    if (chance.happens(0.3)) agenda.at(wakingIn(life, chance.between(30, 160)), () => visit(life));
    if (chance.happens(0.25)) agenda.at(wakingIn(life, chance.between(3, 90)), () => contactSupport(life));
    return;
  }
  if (customer.manner === 'regular') agenda.at(wakingIn(life, 14), () => orderEvery(life, regularsHabit(life)));
  else agenda.at(wakingIn(life, chance.between(1, 12)), () => tryMembership(life));
  agenda.at(wakingIn(life, 3), () => keepUsingApp(life, customer.manner === 'member' ? 28 : 48));
  agenda.at(wakingIn(life, chance.between(20, 120)), () => askForHelpSometimes(life));
}

/** How a customer comes back: some soon, some seldom; some for good, some hardly twice. */
interface Habit {
  readonly meanDays: number;
  /** How likely it is that an order was the last. */
  readonly leaving: number;
}

const buyersHabit = ({ chance }: Life): Habit => ({ meanDays: 8 / chance.fraction() ** 3, leaving: chance.fraction() ** 0.8 });
const regularsHabit = ({ chance }: Life): Habit => ({ meanDays: chance.between(30, 85), leaving: chance.fraction() ** 6 });

/** Every so often, until one order was the last. */
function orderAgainSometimes(life: Life, habit: Habit): void {
  const { agenda, chance } = life;
  agenda.at(wakingIn(life, chance.wait(habit.meanDays)), () => {
    order(life);
    if (!chance.happens(habit.leaving)) orderAgainSometimes(life, habit);
  });
}

function orderEvery(life: Life, habit: Habit): void {
  const { agenda, chance, mood } = life;
  if (chance.happens(mood.troubles > 1 ? 0.4 : habit.leaving)) {
    mood.gone = true;
    return;
  }
  visit(life);
  agenda.in(0.2 * HOUR_MS, () => order(life));
  agenda.at(wakingIn(life, habit.meanDays * chance.between(0.3, 1.7)), () => orderEvery(life, habit));
}

function askForHelpSometimes(life: Life): void {
  const { agenda, chance, mood } = life;
  if (mood.gone) return;
  contactSupport(life);
  agenda.at(wakingIn(life, chance.between(80, 240)), () => askForHelpSometimes(life));
}

/** A colleague of a company with the Office plan: invited, joins the account, uses the app at work. */
function joinTeam(life: Life): void {
  const { agenda, chance, voice, customer } = life;
  const device = deviceOf(life);
  signUp(life, device);
  voice.group(device);
  voice.app(device, 'Account Added User', { role: customer.role ?? 'Member' });
  agenda.at(wakingIn(life, 1), () => keepUsingApp(life, chance.between(18, 34)));
  agenda.in(chance.between(30, 90) * DAY_MS, () => askToRecommend(life));
  if (chance.happens(0.5)) agenda.at(wakingIn(life, chance.between(15, 200)), () => contactSupport(life));
}
