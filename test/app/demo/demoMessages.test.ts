import { createHash } from 'node:crypto';
import type { DemoMessage } from '../../../src/app/demo/demoMessage';
import { demoMessages } from '../../../src/app/demo/demoMessages';
import { identifiersOf } from '../../../src/identity/identifiersOf';
import { DEFAULT_IDENTITY_RULES } from '../../../src/identity/rules';
import { checkMessage } from '../../../src/intake/checkMessage';
import type { Message } from '../../../src/intake/message';
import { MessageRefusal } from '../../../src/intake/messageRefusal';
import { DEPARTMENTS } from '../../../src/kernel/vocabulary';
import { aliveProbability } from '../../../src/measures/value/bgNbd';
import { fitBgNbd } from '../../../src/measures/value/fitBgNbd';
import { purchaseHistory } from '../../../src/measures/value/purchaseHistory';
import { fitShiftedBetaGeometric } from '../../../src/measures/value/shiftedBetaGeometric';
import { subscriptionLivesOf } from '../../../src/measures/value/subscriptionLife';
import type { InteractionFacts } from '../../../src/timeline/interaction';
import { summarise } from '../../../src/timeline/summarise';
import { toInteraction } from '../../../src/timeline/toInteraction';

const NOW_MS = Date.UTC(2026, 10, 22, 12);
const YEAR_MS = 365 * 86_400_000;

const told = [...demoMessages('harbour roast', NOW_MS)];
const envelope = { sourceId: 1, receivedAtMs: NOW_MS, call: null, sentAtMs: Number.NaN, context: null, idPrefix: '' };

function checked({ message }: DemoMessage, index = 0): Message {
  const result = checkMessage({ value: message, weight: JSON.stringify(message).length, index }, envelope);
  if (result instanceof MessageRefusal) throw new Error(`${result.code} ${result.reason}: ${JSON.stringify(message)}`);
  return result;
}

const messages = told.map(checked);
const facts = messages.map((message, index) => toInteraction(message, { department: told[index]!.department, type: 'segment' }));
const customerOf = ({ message }: DemoMessage): string => String(message['messageId']).split('-')[1] as string;
const share = (is: (one: InteractionFacts) => boolean): number => facts.filter(is).length / facts.length;

describe('the demo company', () => {
  it('has about 2,000 customers and 60,000 interactions', () => {
    expect(told.length).toBeGreaterThan(55_000);
    expect(told.length).toBeLessThan(66_000);
    const customers = new Set(told.map(customerOf)).size;
    expect(customers).toBeGreaterThan(1_900);
    expect(customers).toBeLessThan(2_100);
  });

  it('speaks only messages that the door takes', () => {
    expect(messages).toHaveLength(told.length);
  });

  it('is told in time order, over a year, and not beyond now', () => {
    expect(told.every((one, index) => index === 0 || one.atMs >= told[index - 1]!.atMs)).toBe(true);
    expect(told[0]!.atMs).toBeGreaterThanOrEqual(NOW_MS - YEAR_MS);
    expect(told[0]!.atMs).toBeLessThan(NOW_MS - 0.95 * YEAR_MS);
    expect(told.at(-1)!.atMs).toBeLessThanOrEqual(NOW_MS);
    expect(told.at(-1)!.atMs).toBeGreaterThan(NOW_MS - 3_600_000);
    expect(messages.every((message, index) => message.occurredAtMs === told[index]!.atMs)).toBe(true);
  });

  it('gives every message an id of its own', () => {
    expect(new Set(messages.map((message) => message.messageId)).size).toBe(messages.length);
  });

  it('has all four departments at work', () => {
    for (const department of DEPARTMENTS) {
      expect(told.filter((one) => one.department === department).length / told.length).toBeGreaterThan(0.1);
      expect(share((one) => one.department === department)).toBeGreaterThan(0.1);
    }
  });

  it('has a name for nearly everything that happens but experiments', () => {
    expect(share((one) => one.kind === 'CUSTOM' && one.name !== 'Experiment Viewed')).toBeLessThan(0.01);
    expect(new Set(facts.map((one) => one.kind)).size).toBeGreaterThan(45);
    expect(new Set(facts.map((one) => one.channel)).size).toBeGreaterThanOrEqual(7);
  });

  it('keeps to proportions that a company would know', () => {
    const count = (kind: InteractionFacts['kind']): number => facts.filter((one) => one.kind === kind).length;
    const between = (value: number, least: number, most: number): void => {
      expect(value).toBeGreaterThan(least);
      expect(value).toBeLessThan(most);
    };
    between(count('EMAIL_OPENED') / count('EMAIL_DELIVERED'), 0.25, 0.5);
    between(count('ORDER_PLACED') / count('CHECKOUT_STARTED'), 0.75, 0.97);
    between(count('REFUND_MADE') / count('ORDER_PLACED'), 0.02, 0.1);
    between(count('CONVERSATION_REOPENED') / count('CONVERSATION_SOLVED'), 0.05, 0.25);
    between(count('SURVEY_ANSWERED') / count('SURVEY_SENT'), 0.2, 0.6);
    between(count('PAYMENT_FAILED') / count('PAYMENT_MADE'), 0.01, 0.12);
    between(count('SUBSCRIPTION_CANCELLED') / count('SUBSCRIPTION_STARTED'), 0.1, 0.6);
    expect(count('CALL_ABANDONED')).toBeGreaterThan(5);
    expect(count('CONVERSATION_ESCALATED')).toBeGreaterThan(30);
    expect(count('EMPLOYEE_FEEDBACK_GIVEN')).toBeGreaterThan(100);
  });

  it('tries two checkouts on two halves of the customers, of whom more order with one of them', () => {
    const variationOf = new Map<string, string>();
    for (const [index, one] of facts.entries())
      if (one.name === 'Experiment Viewed') variationOf.set(customerOf(told[index]!), String(one.properties['variation_id']));
    const ordered = new Set(told.flatMap((one, index) => (facts[index]!.kind === 'ORDER_PLACED' ? [customerOf(one)] : [])));
    const rate = (variation: string) => {
      const shown = [...variationOf].filter(([, seen]) => seen === variation);
      return { shown: shown.length, rate: shown.filter(([customer]) => ordered.has(customer)).length / shown.length };
    };
    expect(rate('one-page').shown / rate('three-steps').shown).toBeGreaterThan(0.8);
    expect(rate('one-page').shown / rate('three-steps').shown).toBeLessThan(1.25);
    expect(rate('one-page').rate).toBeGreaterThan(rate('three-steps').rate);
  });

  it('has customers who come back and leave so differently that the model of ordering is determined', () => {
    const days = new Map<string, Set<number>>();
    for (const [index, one] of told.entries())
      if (facts[index]!.kind === 'ORDER_PLACED')
        days.set(customerOf(one), (days.get(customerOf(one)) ?? new Set<number>()).add(Math.floor(one.atMs / 86_400_000)));
    const today = Math.floor(NOW_MS / 86_400_000);
    const histories = [...days.values()].map(
      (own) =>
        purchaseHistory(
          [...own].map((day) => ({ day, value: null })),
          today,
          1,
        )!,
    );
    const model = fitBgNbd(histories)!;
    expect(model.converged).toBe(true);
    const alive = histories.map((history) => aliveProbability(history, model));
    for (const [least, most] of [
      [0, 0.25],
      [0.25, 0.75],
      [0.75, 0.999],
    ] as const)
      expect(alive.filter((chance) => chance >= least && chance < most).length).toBeGreaterThan(25);
  });

  it('has members who cancel so differently that the model of subscriptions is determined', () => {
    const spans = new Map<string, { fromMs: number; toMs: number | null }[]>();
    for (const [index, { kind, properties }] of facts.entries()) {
      const id = String(properties['subscription_id']);
      const own = spans.get(id) ?? [];
      const atMs = told[index]!.atMs;
      if (kind === 'SUBSCRIPTION_STARTED') spans.set(id, [...own, { fromMs: atMs, toMs: null }]);
      if (kind === 'SUBSCRIPTION_CANCELLED') spans.set(id, [...own.slice(0, -1), { ...own.at(-1)!, toMs: atMs }]);
    }
    const lives = subscriptionLivesOf(
      [...spans.values()].map((own) => ({ spans: own })),
      NOW_MS,
    );
    expect(lives.length).toBeGreaterThan(200);
    expect(fitShiftedBetaGeometric(lives)!.converged).toBe(true);
  });

  it('asks all three surveys, with scores on their own scales', () => {
    const answers = facts.filter((one) => one.kind === 'SURVEY_ANSWERED').map((one) => one.properties);
    for (const [type, most] of [
      ['nps', 10],
      ['csat', 5],
      ['ces', 7],
    ] as const) {
      const scores = answers
        .filter((answer) => answer['survey_type'] === type && typeof answer['score'] === 'number')
        .map((answer) => Number(answer['score']));
      expect(scores.length).toBeGreaterThan(30);
      expect(Math.max(...scores)).toBe(most);
      expect(Math.min(...scores)).toBeGreaterThanOrEqual(type === 'nps' ? 0 : 1);
    }
  });

  it('uses only addresses that are reserved for examples', () => {
    const addresses = JSON.stringify(told.map((one) => one.message)).match(/[^\s"@]{1,80}@[^\s"]+/gu) ?? [];
    expect(addresses.length).toBeGreaterThan(1_000);
    expect(addresses.filter((address) => !/@([a-z0-9-]+\.)?example\.(com|org|net)$/i.test(address))).toEqual([]);
  });

  it('writes names and words of several languages', () => {
    const text = JSON.stringify(told.map((one) => one.message));
    for (const word of ['Müller', '佐藤', 'Łukasz', 'Ελένη', 'Yıldız', 'Où est ma commande', '¿Dónde está mi pedido?', '注文が届きません'])
      expect(text).toContain(word);
  });
});

describe('the identities of the demo company', () => {
  const rules = DEFAULT_IDENTITY_RULES;
  const identified = messages.map((message) => identifiersOf(message, { rules, defaultCountry: 'US' }).identifiers);
  const values = (type: string, of: readonly number[]): Set<string> =>
    new Set(of.flatMap((index) => identified[index]!.filter((one) => one.type === type).map((one) => one.value)));
  const byCustomer = new Map<string, number[]>();
  for (const [index, one] of told.entries()) byCustomer.set(customerOf(one), [...(byCustomer.get(customerOf(one)) ?? []), index]);

  it('never leave a message to nobody', () => {
    expect(identified.every((identifiers) => identifiers.length > 0)).toBe(true);
  });

  it('keep one user id for each who signed up, and many who never did', () => {
    const userIds = [...byCustomer.values()].map((indexes) => values('user_id', indexes).size);
    expect(Math.max(...userIds)).toBe(1);
    expect(userIds.filter((size) => size === 0).length).toBeGreaterThan(300);
  });

  it('read every way of writing an address or a number as the same', () => {
    const phones = [...byCustomer.values()].map((indexes) => values('phone', indexes).size);
    expect(Math.max(...phones)).toBe(1);
    expect(phones.filter((size) => size === 1).length).toBeGreaterThan(400);
    const emails = [...byCustomer.values()].map((indexes) => values('email', indexes).size);
    expect(Math.max(...emails)).toBe(2);
    expect(emails.filter((size) => size === 2).length).toBeGreaterThan(20);
  });

  it('share telephones with nobody, and some tablets with the household', () => {
    const owners = (type: string): number[] => {
      const customersOf = new Map<string, Set<string>>();
      for (const [customer, indexes] of byCustomer)
        for (const value of values(type, indexes)) customersOf.set(value, (customersOf.get(value) ?? new Set()).add(customer));
      return [...customersOf.values()].map((customers) => customers.size);
    };
    expect(Math.max(...owners('phone'))).toBe(1);
    expect(Math.max(...owners('email'))).toBe(1);
    expect(owners('anonymous_id').filter((size) => size === 2).length).toBeGreaterThan(10);
  });

  it('have second devices', () => {
    const devices = [...byCustomer.values()].map(
      (indexes) => [...values('anonymous_id', indexes)].filter((id) => /^[0-9a-z]{8}-/.test(id)).length,
    );
    expect(devices.filter((count) => count >= 2).length).toBeGreaterThan(200);
  });
});

describe('the stars of the demo company', () => {
  const lines = (key: string): string[] => facts.filter((_, index) => customerOf(told[index]!) === key).map(summarise);

  it('have stories of their own', () => {
    expect(lines('ada')).toEqual(
      expect.arrayContaining([
        'Order 1042 placed, 59.90 EUR, 3 items.',
        'Ticket 3042 reopened, the handle does not fit.',
        'Order 1042 refunded, 59.90 EUR.',
      ]),
    );
    expect(lines('grace')).toEqual(
      expect.arrayContaining(['Joined “Flowmatic Labs”.', 'Deal “Flowmatic Labs: Office plan” won, 3288.00 USD.']),
    );
    expect(lines('yui')).toEqual(
      expect.arrayContaining([
        'Subscription to Single Origin cancelled, late deliveries.',
        'Subscription to Single Origin resumed, 3040 JPY.',
      ]),
    );
    expect(lines('alan')).toEqual(
      expect.arrayContaining(['NPS survey answered: 1 of 10, “Nobody answered for five days.”', 'Call call-alan abandoned, after 9 min.']),
    );
    expect(lines('rosalind')).toEqual(
      expect.arrayContaining([
        'Trial of Duo ended.',
        'Ticket 3107 reopened, jams with the new burrs, too.',
        'Order 1209 refunded, 211.70 GBP.',
        'CSAT survey answered: 1 of 5, “Awful. I had to explain everything three times.”',
        'Order 1320 placed, 42.50 GBP, 2 items.',
      ]),
    );
    expect(lines('jose').length).toBeGreaterThan(10);
    expect(lines('lucia').length).toBeGreaterThan(10);
  });

  it('can be read line by line: nothing is left of what a summary was made of', () => {
    for (const key of ['ada', 'grace', 'yui', 'alan', 'jose', 'lucia', 'rosalind'])
      for (const line of lines(key)) expect(line).not.toMatch(/undefined|null|NaN|\[object/);
  });
});

describe('telling the demo again', () => {
  const digest = (all: Iterable<DemoMessage>): string => {
    const hash = createHash('sha256');
    for (const one of all) hash.update(JSON.stringify(one));
    return hash.digest('hex');
  };

  it('gives the same messages for the same seed and time', () => {
    expect(digest(demoMessages('harbour roast', NOW_MS))).toBe(digest(told));
  });

  it('gives another year for another seed', () => {
    expect(digest(demoMessages('another', NOW_MS))).not.toBe(digest(told));
  });
});
