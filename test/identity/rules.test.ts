import { DEFAULT_IDENTITY_RULES, type IdentityRules, identityRulesFromJson } from '../../src/identity/rules';
import type { Json } from '../../src/kernel/json';
import { Refusal } from '../../src/kernel/refusals';

function facts(rules: IdentityRules) {
  return rules.list.map(({ type, limitPerProfile, keep }) => `${type} ${limitPerProfile} ${keep}`);
}

function refusalOf(stored: Json): string {
  try {
    identityRulesFromJson(stored);
  } catch (error) {
    if (error instanceof Refusal && error.code === 'INVALID_INPUT') return error.message;
  }
  throw new Error('It was not refused.');
}

describe('identity rules', () => {
  it('have defaults: a user id is one, what a source numbers is five, a shared device goes to the last', () => {
    expect(facts(DEFAULT_IDENTITY_RULES)).toEqual([
      'user_id 1 EARLIEST',
      '* 5 EARLIEST',
      'email 5 EARLIEST',
      'phone 5 EARLIEST',
      'device_id 100 LATEST',
      'anonymous_id 100 LATEST',
    ]);
    expect(identityRulesFromJson(undefined)).toBe(DEFAULT_IDENTITY_RULES);
    expect(identityRulesFromJson(null)).toBe(DEFAULT_IDENTITY_RULES);
  });

  it('rank types by their place, and all types without a rule at the place of *', () => {
    const rankOf = (type: string) => DEFAULT_IDENTITY_RULES.ruleFor(type).rank;
    expect([rankOf('user_id'), rankOf('zendesk.user_id'), rankOf('stripe.customer_id'), rankOf('email'), rankOf('anonymous_id')]).toEqual([
      0, 1, 1, 2, 5,
    ]);
    expect(rankOf('constructor')).toBe(1);
  });

  it('let a profile have a thousand records of a type, weaker than all that names somebody, unless a rule says otherwise', () => {
    const { limitPerProfile, keep, rank } = DEFAULT_IDENTITY_RULES.ruleFor('shopify.order_id');
    expect([limitPerProfile, keep]).toEqual([1000, 'LATEST']);
    expect(rank).toBeGreaterThan(DEFAULT_IDENTITY_RULES.ruleFor('anonymous_id').rank);
    expect(DEFAULT_IDENTITY_RULES.ruleFor('stripe.charge_id').rank).toBe(rank);
    const own = identityRulesFromJson([{ type: 'shopify.order_id', limitPerProfile: 2, keep: 'EARLIEST' }]);
    expect(own.ruleFor('shopify.order_id')).toMatchObject({ limitPerProfile: 2, keep: 'EARLIEST', rank: 0 });
    expect(own.all.filter(({ type }) => type === 'shopify.order_id')).toHaveLength(1);
    const patterned = identityRulesFromJson([{ type: '*', limitPerProfile: 5, keep: 'EARLIEST', blockedPatterns: ['test-*'] }]);
    expect(patterned.isBlocked('shopify.order_id', 'TEST-1')).toBe(true);
  });

  it('put the rule for other types last where none is given', () => {
    const rules = identityRulesFromJson([{ type: 'email', limitPerProfile: 2, keep: 'LATEST' }]);
    expect(facts(rules)).toEqual(['email 2 LATEST', '* 5 EARLIEST']);
  });

  it('block by pattern, in whatever case, only values of their type', () => {
    const rules = identityRulesFromJson([
      { type: 'email', limitPerProfile: 2, keep: 'LATEST', blockedPatterns: ['*@Test.example', 'noreply@*'] },
    ]);
    expect(rules.isBlocked('email', 'JANE@test.EXAMPLE')).toBe(true);
    expect(rules.isBlocked('email', 'noreply@shop.example')).toBe(true);
    expect(rules.isBlocked('email', 'jane@shop.example')).toBe(false);
    expect(rules.isBlocked('user_id', 'jane@test.example')).toBe(false);
    expect(rules.isBlocked('user_id', 'null')).toBe(true);
  });

  it('are refused with all their faults at once', () => {
    const faults = refusalOf([
      { type: 'E-Mail', limitPerProfile: 0, keep: 'FIRST', blockedPatterns: [''] },
      { type: 'phone', limitPerProfile: 1.5, keep: 'LATEST', blockedPatterns: 'x' },
      { type: 'phone', limitPerProfile: 1, keep: 'LATEST' },
      null,
    ]);
    for (const fault of [
      'Rule 1: type',
      'Rule 1: limitPerProfile',
      'Rule 1: keep',
      'Rule 1: blockedPatterns',
      'Rule 2: limit',
      'Rule 2: blocked',
      'Rule 4: type',
      'two rules for phone',
    ]) {
      expect(faults).toContain(fault);
    }
  });

  it.each(['a\0b', '\ud800'])('are refused with a pattern that cannot be stored: %j', (pattern) => {
    expect(refusalOf([{ type: 'email', limitPerProfile: 1, keep: 'LATEST', blockedPatterns: [pattern] }])).toContain(
      'Rule 1: blockedPatterns',
    );
  });

  it('read what they were written as', () => {
    const rules = identityRulesFromJson([{ type: 'email', limitPerProfile: 2, keep: 'LATEST', blockedPatterns: ['A*', '?b'] }]);
    expect(identityRulesFromJson(JSON.parse(JSON.stringify(rules.toJson()))).list).toEqual(rules.list);
  });

  it.each([[[]], [{}], ['user_id'], [Array.from({ length: 101 }, () => null)]])('are refused as %.20j', (stored) => {
    expect(refusalOf(stored as Json)).toContain('1 to 100');
  });
});
