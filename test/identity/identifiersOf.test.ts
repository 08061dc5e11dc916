import { identifiersOf } from '../../src/identity/identifiersOf';
import { DEFAULT_IDENTITY_RULES, identityRulesFromJson } from '../../src/identity/rules';
import type { Message } from '../../src/intake/message';
import type { JsonObject } from '../../src/kernel/json';

type Parts = Partial<Omit<Message, 'properties' | 'context'>> & { properties?: JsonObject; context?: JsonObject };

function aMessage(parts: Parts): Message {
  return {
    call: 'track',
    messageId: 'm1',
    sourceId: 1,
    userId: null,
    anonymousId: null,
    previousId: null,
    groupId: null,
    name: 'Clicked',
    category: null,
    properties: {},
    traits: {},
    context: {},
    asSent: null,
    occurredAtMs: 0,
    receivedAtMs: 0,
    ...parts,
  };
}

function identifiersIn(parts: Parts, rules = DEFAULT_IDENTITY_RULES): string[] {
  return identifiersOf(aMessage(parts), { rules, defaultCountry: 'US' }).identifiers.map(({ type, value }) => `${type}:${value}`);
}

describe('identifiersOf', () => {
  it('takes the ids of the protocol, the strongest first', () => {
    expect(identifiersIn({ anonymousId: ' a1 ', userId: 'U1' })).toEqual(['user_id:U1', 'anonymous_id:a1']);
  });

  it("takes e-mail and phone from identify's traits, and from context.traits on any call, each once", () => {
    const traits = { email: 'Jane@Example.com', phone: '(202) 555-0143' };
    const expected = ['user_id:u1', 'email:jane@example.com', 'phone:+12025550143'];
    expect(identifiersIn({ call: 'identify', userId: 'u1', traits })).toEqual(expected);
    expect(identifiersIn({ call: 'identify', userId: 'u1', traits, context: { traits } })).toEqual(expected);
    expect(identifiersIn({ call: 'page', userId: 'u1', context: { traits } })).toEqual(expected);
    expect(identifiersIn({ call: 'identify', userId: 'u1', traits: { phone: 12025550143 } })).toEqual(['user_id:u1', 'phone:+12025550143']);
  });

  it("takes no address that is somebody else's: an account's, or one among properties", () => {
    expect(identifiersIn({ call: 'group', userId: 'u1', groupId: 'g1', traits: { email: 'info@company.example' } })).toEqual([
      'user_id:u1',
    ]);
    expect(identifiersIn({ userId: 'u1', properties: { email: 'friend@example.com' } })).toEqual(['user_id:u1']);
  });

  it("takes a source's external ids of users, under its own type", () => {
    const externalIds = [
      { id: 'c-1', type: 'crossDomainId', collection: 'users', encoding: 'none' },
      { id: 42, type: 'zendesk.user_id' },
      { id: 'acme', type: 'group_id', collection: 'users' },
      { id: 'acme', type: 'company', collection: 'accounts' },
      { id: 'Jane@Example.com', type: 'email', collection: 'users' },
      { id: {}, type: 'x' },
      { type: 'y' },
      null,
      'z',
      { id: 'w', type: '***' },
    ];
    expect(identifiersIn({ userId: 'u1', context: { externalIds } as unknown as JsonObject })).toEqual([
      'user_id:u1',
      'cross_domain_id:c-1',
      'zendesk.user_id:42',
      'email:jane@example.com',
    ]);
  });

  it.each([
    [{ device: { id: 'd1', type: 'iOS' } }, true],
    [{ device: { id: 'd1', type: 'android' } }, true],
    [{ device: { id: 'd1' }, library: { name: 'analytics-ios' } }, true],
    [{ device: { id: 'd1' }, library: { name: '@segment/analytics-react-native' } }, true],
    [{ device: { id: 'd1' }, library: { name: 'analytics.js' } }, false],
    [{ device: { id: 'd1', type: 'browser' } }, false],
    [{ device: { id: 7, type: 'ios' } }, false],
    [{ device: 'd1' }, false],
  ])('of the context %j, takes the device: %s', (context, isTaken) => {
    expect(identifiersIn({ userId: 'u1', context })).toEqual(isTaken ? ['user_id:u1', 'device_id:d1'] : ['user_id:u1']);
  });

  it('drops blocked values, and all of them leave nobody', () => {
    expect(identifiersIn({ call: 'identify', userId: 'null', anonymousId: 'a1', traits: { email: 'n/a', phone: '000-000' } })).toEqual([
      'anonymous_id:a1',
    ]);
    expect(identifiersIn({ userId: 'undefined', anonymousId: '00000000-0000-0000-0000-000000000000' })).toEqual([]);
    const rules = identityRulesFromJson([{ type: 'user_id', limitPerProfile: 1, keep: 'EARLIEST', blockedPatterns: ['test-*'] }]);
    expect(identifiersIn({ userId: 'TEST-1', anonymousId: 'a1' }, rules)).toEqual(['anonymous_id:a1']);
  });

  it('says that an alias declares two user ids to be one', () => {
    const options = { rules: DEFAULT_IDENTITY_RULES, defaultCountry: 'US' };
    const message = aMessage({ call: 'alias', userId: 'new', previousId: 'old', anonymousId: 'a1' });
    expect(identifiersOf(message, options)).toEqual({
      identifiers: [
        { type: 'user_id', value: 'new' },
        { type: 'user_id', value: 'old' },
        { type: 'anonymous_id', value: 'a1' },
      ].map(expect.objectContaining),
      aliases: [[0, 1]],
    });
  });

  it('takes a previous id that is the anonymous id for that', () => {
    const message = aMessage({ call: 'alias', userId: 'new', previousId: 'a1', anonymousId: 'a1' });
    const { identifiers, aliases } = identifiersOf(message, { rules: DEFAULT_IDENTITY_RULES, defaultCountry: 'US' });
    expect(identifiers.map(({ type, value }) => `${type}:${value}`)).toEqual(['user_id:new', 'anonymous_id:a1']);
    expect(aliases).toEqual([[0, 1]]);
  });

  it('declares nothing by an alias of a blocked value or of itself', () => {
    for (const previousId of ['null', 'u1']) {
      const { aliases } = identifiersOf(aMessage({ call: 'alias', userId: 'u1', previousId }), {
        rules: DEFAULT_IDENTITY_RULES,
        defaultCountry: 'US',
      });
      expect(aliases).toEqual([]);
    }
  });

  it('says that each type is one on a message about what somebody merged, and only there', () => {
    const externalIds = [
      { type: 'hubspot.contact_id', id: '3' },
      { type: 'hubspot.contact_id', id: '1' },
      { type: 'email', id: 'old@example.com' },
      { type: 'hubspot.contact_id', id: 2 },
    ];
    const traits = { email: 'new@example.com' };
    const on = (context: JsonObject) => {
      const { identifiers, aliases } = identifiersOf(aMessage({ context }), { rules: DEFAULT_IDENTITY_RULES, defaultCountry: 'US' });
      return aliases
        .map((pair) => pair.map((index) => identifiers[index]?.value).sort())
        .sort(([left = ''], [right = '']) => (left < right ? -1 : 1));
    };
    expect(on({ externalIds, traits, merged: true })).toEqual([
      ['1', '3'],
      ['2', '3'],
      ['new@example.com', 'old@example.com'],
    ]);
    for (const merged of [undefined, false, 'true', 1, {}]) expect(on({ externalIds, traits, merged } as JsonObject)).toEqual([]);
  });

  it('takes the twenty strongest of a message that names hundreds', () => {
    const externalIds = Array.from({ length: 5000 }, (_, index) => ({ id: `x${index}`, type: `type_${index}` }));
    const found = identifiersIn({ userId: 'u1', anonymousId: 'a1', context: { externalIds } });
    expect(found).toHaveLength(20);
    expect(found[0]).toBe('user_id:u1');
    expect(found).not.toContain('anonymous_id:a1');
  });

  it.each([
    { traits: 'x' },
    { externalIds: {} },
    { device: [] },
    { library: null, device: { id: 'd' } },
    JSON.parse('{"__proto__": {"traits": 1}}'),
  ])('is not confused by the context %j', (context) => {
    expect(identifiersIn({ userId: '__proto__', context })).toEqual(['user_id:__proto__']);
  });
});
