import type { InteractionKind } from '../../src/kernel/vocabulary';
import { conversationsOf } from '../../src/measures/conversation';
import { departmentInfluence, influenceCases } from '../../src/measures/departmentInfluence';
import type { Fact } from '../../src/measures/fact';
import { USUAL_SETTINGS } from '../../src/measures/settings';
import { surveyAnswersOf } from '../../src/measures/surveyAnswer';
import { aFact, DAY_MS, HOUR_MS, ticket } from './conversationFacts';

const NOW = 200 * DAY_MS;
const day = (days: number) => days * DAY_MS;
const order = (days: number) => aFact('ORDER_PLACED', day(days), { order_id: String(days) }, { department: 'SALES' });

function casesOf(facts: readonly Fact[], nowMs = NOW) {
  const customer = { facts, conversations: conversationsOf(facts), answers: surveyAnswersOf(facts) };
  return influenceCases(customer, USUAL_SETTINGS, nowMs);
}

const caseOf = (pair: string, ...facts: readonly Fact[]) => casesOf(facts).find((one) => one.pair === pair);

const solvedFast = [ticket.opened(0), ticket.agent(HOUR_MS), ticket.solved(day(1))];
const reopened = [...solvedFast, ticket.reopened(day(2)), ticket.solved(day(3))];

describe('the influence of one department on another', () => {
  it('looks 60 days on from the first signal, or from the first chance of it', () => {
    expect(caseOf('reopened-order', ...reopened, order(61.9))).toMatchObject({ atMs: day(2), hasSignal: true, hasOutcome: true });
    expect(caseOf('reopened-order', ...reopened, order(62))).toMatchObject({ hasOutcome: false });
    expect(caseOf('reopened-order', ...solvedFast, order(60.9))).toMatchObject({ atMs: day(1), hasSignal: false, hasOutcome: true });
  });

  it('does not take what came before for an outcome', () => {
    expect(caseOf('reopened-order', ...reopened, order(1.5))).toMatchObject({ hasOutcome: false });
  });

  it('leaves out who never had the chance of the signal, and whose 60 days are not over', () => {
    expect(caseOf('reopened-order', ticket.opened(0), order(3))).toBeUndefined();
    expect(casesOf(reopened, day(61)).map(({ pair }) => pair)).not.toContain('reopened-order');
  });

  it('calls a wait long beyond the target of its channel, also where nobody replied at all', () => {
    expect(caseOf('long-wait-order', ...solvedFast)).toMatchObject({ hasSignal: false });
    expect(caseOf('long-wait-order', ticket.opened(0), ticket.agent(day(5)))).toMatchObject({ hasSignal: true, atMs: 0 });
    expect(caseOf('long-wait-order', ticket.opened(0))).toMatchObject({ hasSignal: true });
    expect(caseOf('long-wait-order', ticket.opened(0), ticket.solved(1))).toBeUndefined();
    expect(caseOf('long-wait-order', ticket.opened(0, { author_role: 'agent', public: false }))).toBeUndefined();
  });

  it.each<[string, InteractionKind, InteractionKind, InteractionKind]>([
    ['email-click-order', 'EMAIL_CLICKED', 'EMAIL_SENT', 'ORDER_PLACED'],
    ['error-contact', 'ERROR_SEEN', 'SIGNED_IN', 'CONVERSATION_OPENED'],
    ['failed-payment-contact', 'PAYMENT_FAILED', 'PAYMENT_MADE', 'CALL_STARTED'],
    ['refund-unsubscribed', 'REFUND_MADE', 'ORDER_PLACED', 'UNSUBSCRIBED'],
  ])('%s: %s, else %s, then %s', (pair, signal, chance, outcome) => {
    const [with_, without, after] = [aFact(signal, 5), aFact(chance, 3), aFact(outcome, 10)];
    expect(caseOf(pair, without, with_, after)).toMatchObject({ atMs: 5, hasSignal: true, hasOutcome: true });
    expect(caseOf(pair, without)).toMatchObject({ atMs: 3, hasSignal: false, hasOutcome: false });
    expect(caseOf(pair, after)?.hasSignal).toBeFalsy();
  });

  it('takes a low answer for bad CSAT and everything above for none', () => {
    const answered = (score: number) => aFact('SURVEY_ANSWERED', 5, { survey_type: 'csat', score });
    const cancelled = aFact('SUBSCRIPTION_CANCELLED', 9);
    expect(caseOf('low-csat-cancellation', answered(2), cancelled)).toMatchObject({ hasSignal: true, hasOutcome: true });
    expect(caseOf('low-csat-cancellation', answered(3), cancelled)).toMatchObject({ hasSignal: false, hasOutcome: true });
    expect(caseOf('low-csat-cancellation', answered(6), cancelled)).toBeUndefined();
  });

  it('sets both rates side by side, with the lift and all customers', () => {
    const one = (hasSignal: boolean, hasOutcome: boolean) => ({ pair: 'reopened-order', atMs: 0, hasSignal, hasOutcome });
    const cases = [one(true, true), one(true, false), one(true, false), one(true, false), one(false, true), one(false, false)];
    expect(departmentInfluence(cases)).toEqual([
      {
        from: 'SUPPORT',
        to: 'SALES',
        signal: 'A solved conversation opened again',
        outcome: 'Another order',
        rateWith: 0.25,
        rateWithout: 0.5,
        lift: 0.5,
        customers: 6,
      },
    ]);
    expect(departmentInfluence(cases.slice(0, 4))[0]).toMatchObject({ rateWith: 0.25, rateWithout: null, lift: null, customers: 4 });
    expect(departmentInfluence([])).toEqual([]);
  });
});
