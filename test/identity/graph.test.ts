import { identifierId } from '../../src/identity/identifierId';
import { DEFAULT_IDENTITY_RULES, IdentityRules } from '../../src/identity/rules';
import { type Said, Workspace } from './builders';

const HOUR_MS = 3_600_000;
let clock = Date.UTC(2026, 0, 1);

function said(...identifiers: string[]): Said {
  clock += HOUR_MS;
  return { identifiers, atMs: clock };
}

function profileOf(workspace: Workspace, text: string): string {
  const [type = '', value = ''] = text.split(':');
  return workspace.store.identifier(type, value).profileId;
}

function aWorkspace(options: ConstructorParameters<typeof Workspace>[1] = {}): Workspace {
  return new Workspace(DEFAULT_IDENTITY_RULES, options);
}

describe('a profile', () => {
  it('is founded by an identifier that nobody linked, which remembers it', async () => {
    const workspace = aWorkspace();
    const changes = await workspace.hear(said('anonymous_id:a1'));
    expect(changes.profiles).toEqual([
      expect.objectContaining({ isNew: true, identifierCount: 1, typeCounts: { anonymous_id: 1 }, contested: false }),
    ]);
    expect(changes.identifiers[0]).toMatchObject({ homeProfileId: changes.profiles[0]!.profileId, interactions: 1 });
  });

  it('is joined, without a merge, by identifiers that come for the first time with a known one', async () => {
    const workspace = aWorkspace();
    await workspace.hear(said('anonymous_id:a1'));
    const changes = await workspace.hear(said('user_id:u1', 'email:u1@example.com', 'anonymous_id:a1'));
    expect(changes.merges).toEqual([]);
    expect(changes.profiles).toEqual([expect.objectContaining({ isNew: false, identifierCount: 3 })]);
    expect(workspace.store.identifier('user_id', 'u1').homeProfileId).toBeNull();
  });

  it('that holds more survives a merge; the other points to it, also with what pointed there before', async () => {
    const workspace = aWorkspace();
    await workspace.hear(
      said('anonymous_id:a1'),
      said('anonymous_id:a2'),
      said('user_id:u1', 'email:e1@example.com', 'phone:+12025550143'),
    );
    const [first, second, large] = ['anonymous_id:a1', 'anonymous_id:a2', 'user_id:u1'].map((text) => profileOf(workspace, text));
    await workspace.hear(said('anonymous_id:a1', 'anonymous_id:a2'));
    const changes = await workspace.hear(said('user_id:u1', 'anonymous_id:a2'));
    expect(workspace.store.merges).toMatchObject([
      { survivorId: first, absorbedId: second, rule: 'anonymous_id' },
      {
        survivorId: large,
        absorbedId: first,
        rule: 'anonymous_id',
        absorbedIdentifierIds: expect.arrayContaining([identifierId('anonymous_id', 'a1')]),
      },
    ]);
    expect(changes.merges[0]!.evidence.interactionId).toBe(changes.links.find((link) => link.isNew)!.firstInteractionId);
    expect(workspace.store.profiles.filter((profile) => profile.mergedInto === large).map((profile) => profile.profileId)).toEqual([
      first,
      second,
    ]);
    workspace.store.assertConsistent(workspace.said);
  });

  it('that is older survives where both hold as many, then the one with the smaller id', async () => {
    const workspace = aWorkspace();
    const [late, early] = [said('anonymous_id:late'), said('anonymous_id:early')];
    await workspace.hear({ ...late, atMs: early.atMs + 1 }, early);
    const survivor = profileOf(workspace, 'anonymous_id:early');
    await workspace.hear(said('anonymous_id:late', 'anonymous_id:early'));
    expect(profileOf(workspace, 'anonymous_id:late')).toBe(survivor);
  });

  it('loses a shared device to who signs in last, and both keep their ids', async () => {
    const workspace = aWorkspace();
    await workspace.hear(said('user_id:u1', 'device_id:d1'), said('user_id:u2'));
    const [one, other] = ['user_id:u1', 'user_id:u2'].map((text) => profileOf(workspace, text));
    for (const user of ['u2', 'u1', 'u2']) await workspace.hear(said(`user_id:${user}`, 'device_id:d1'));
    expect(workspace.store.groups()).toEqual(['device_id:d1 + user_id:u2', 'user_id:u1']);
    expect([profileOf(workspace, 'user_id:u1'), profileOf(workspace, 'user_id:u2')]).toEqual([one, other]);
    expect(workspace.store.merges).toEqual([]);
  });

  it('gets its id back when what founded it parts from where it was merged into, else a new one', async () => {
    const rules = new IdentityRules([
      { type: 'crm.id', limitPerProfile: 5, keep: 'EARLIEST', blockedPatterns: [] },
      { type: 'anonymous_id', limitPerProfile: 1, keep: 'LATEST', blockedPatterns: [] },
    ]);
    const workspace = new Workspace(rules);
    await workspace.hear(said('anonymous_id:a1'), said('crm.id:c1', 'crm.id:c2'));
    const home = profileOf(workspace, 'anonymous_id:a1');
    await workspace.hear(said('crm.id:c1', 'anonymous_id:a1'));
    expect(profileOf(workspace, 'anonymous_id:a1')).not.toBe(home);
    await workspace.hear(said('crm.id:c1', 'anonymous_id:a2'));
    expect(profileOf(workspace, 'anonymous_id:a1')).toBe(home);
    await workspace.hear(said('crm.id:c1', 'anonymous_id:a3'));
    const parted = workspace.store.identifier('anonymous_id', 'a2');
    expect(parted.homeProfileId).toBe(parted.profileId);
    expect(workspace.store.groups()).toEqual(['anonymous_id:a1', 'anonymous_id:a2', 'anonymous_id:a3 + crm.id:c1 + crm.id:c2']);
    workspace.store.assertConsistent(workspace.said);
  });

  it('is contested while a limit refuses one of its links', async () => {
    const workspace = aWorkspace();
    await workspace.hear(said('user_id:u1', 'email:e@example.com'));
    expect(workspace.store.profiles.map((profile) => profile.contested)).toEqual([false]);
    await workspace.hear(said('user_id:u2', 'email:e@example.com'));
    expect(workspace.store.profiles.map((profile) => profile.contested)).toEqual([true, true]);
    await workspace.hear({ ...said('user_id:u1', 'user_id:u2'), aliases: [['user_id:u1', 'user_id:u2']] });
    const living = workspace.store.profiles.filter((profile) => profile.mergedInto === null);
    expect(living).toEqual([expect.objectContaining({ contested: false, identifierCount: 3, typeCounts: { user_id: 1, email: 1 } })]);
  });

  it('is left alone by a hub, which leaves its own group when it becomes one', async () => {
    const workspace = aWorkspace({ hubLimit: 3 });
    for (const user of ['u1', 'u2', 'u3']) await workspace.hear(said(`user_id:${user}`, 'email:info@example.com'));
    expect(workspace.store.groups()).toContain('email:info@example.com + user_id:u1');
    const becoming = await workspace.hear(said('user_id:u4', 'email:info@example.com'));
    expect(becoming.identifiers.find((identifier) => identifier.type === 'email')?.strongerLinks).toBe(4);
    expect(workspace.store.groups()).toEqual(['email:info@example.com', 'user_id:u1', 'user_id:u2', 'user_id:u3', 'user_id:u4']);
    const later = await workspace.hear(said('user_id:u5', 'email:info@example.com'));
    expect(later.identifiers.map((identifier) => identifier.type)).toEqual(['user_id']);
  });
});

describe('the identity graph', () => {
  it('gives each interaction to the first identifier of its message, in order, and counts it there', async () => {
    const workspace = aWorkspace();
    const messages = [said('anonymous_id:a1'), said('user_id:u1', 'anonymous_id:a1'), said('user_id:u1')];
    const { owners } = await workspace.hear(...messages);
    expect(owners).toEqual([identifierId('anonymous_id', 'a1'), identifierId('user_id', 'u1'), identifierId('user_id', 'u1')]);
    const owner = workspace.store.identifier('user_id', 'u1');
    expect(owner).toMatchObject({ interactions: 2, firstSeenAtMs: messages[1]!.atMs, lastSeenAtMs: messages[2]!.atMs });
  });

  it('counts the times of an identifier from what it owns, once it owns something', async () => {
    const workspace = aWorkspace();
    await workspace.hear({ identifiers: ['user_id:u1', 'email:e@example.com'], atMs: 1000 });
    expect(workspace.store.identifier('email', 'e@example.com')).toMatchObject({ interactions: 0, firstSeenAtMs: 1000 });
    await workspace.hear({ identifiers: ['email:e@example.com'], atMs: 3000 }, { identifiers: ['email:e@example.com'], atMs: 2000 });
    expect(workspace.store.identifier('email', 'e@example.com')).toMatchObject({
      interactions: 2,
      firstSeenAtMs: 2000,
      lastSeenAtMs: 3000,
    });
  });

  it('writes only the owner and the link where known identifiers are seen again, and reads nothing', async () => {
    const workspace = aWorkspace();
    await workspace.hear(said('user_id:u1', 'email:e@example.com', 'anonymous_id:a1'));
    const { calls } = workspace.store.reads;
    const changes = await workspace.hear(said('user_id:u1', 'anonymous_id:a1'));
    expect(workspace.store.reads.calls).toBe(calls);
    expect(changes).toMatchObject({
      identifiers: [{ type: 'user_id', isNew: false }],
      links: [{ isNew: false }],
      profiles: [],
      merges: [],
    });
  });

  it('reads identifiers once and links once for a batch that meets no limit, after it has forgotten everything', async () => {
    const workspace = aWorkspace();
    const people = Array.from({ length: 50 }, (_, number) => said(`user_id:u${number}`, `anonymous_id:a${number}`));
    await workspace.hear(...people);
    workspace.graph.forget();
    const { calls } = workspace.store.reads;
    await workspace.hear(...people.map((person) => said(...person.identifiers)), said('user_id:u1', 'email:new@example.com'));
    expect(workspace.store.reads.calls).toBe(calls + 2);
  });

  it('replays nothing while a shared device stays with whom it is', async () => {
    const workspace = aWorkspace();
    await workspace.hear(said('user_id:u1', 'device_id:d1'), said('user_id:u2', 'device_id:d1'));
    workspace.graph.forget();
    await workspace.hear(said('user_id:u2', 'device_id:d1'));
    const { calls } = workspace.store.reads;
    const changes = await workspace.hear(said('user_id:u2', 'device_id:d1'));
    expect(workspace.store.reads.calls).toBe(calls);
    expect(changes.profiles).toEqual([]);
  });

  it('counts ids as one by alias also where the id that makes them one is kept apart', async () => {
    const rules = new IdentityRules(
      [['a', 1] as const, ['c', 1] as const, ['b', 2] as const].map(([type, limitPerProfile]) => ({
        type,
        limitPerProfile,
        keep: 'EARLIEST',
        blockedPatterns: [],
      })),
    );
    const workspace = new Workspace(rules);
    const alias = (one: string, other: string): Said => ({ ...said(one, other), aliases: [[one, other]] });
    const messages = [said('a:1', 'b:1'), said('c:1', 'b:2'), said('a:3', 'c:2', 'b:3'), alias('b:1', 'b:3'), alias('b:2', 'b:3')];
    for (const message of [...messages, said('a:1', 'c:1'), said('a:1', 'b:4')]) {
      await workspace.hear(message);
      workspace.store.assertConsistent(workspace.said);
    }
    expect(workspace.store.groups()).toEqual(['a:1 + b:1 + b:2 + b:4 + c:1', 'a:3 + b:3 + c:2']);
  });

  it('settles equal times by interaction id, so that arrival does not matter', async () => {
    const [one, other] = ['00000000-0000-7000-8000-0000000000aa', '00000000-0000-7000-8000-0000000000bb'];
    const messages = [one, other].map((interactionId) => ({ identifiers: ['user_id:u1', 'anonymous_id:a1'], atMs: 5, interactionId }));
    for (const order of [messages, messages.toReversed()]) {
      const workspace = aWorkspace();
      for (const message of order) await workspace.hear(message);
      expect(workspace.store.links).toMatchObject([{ firstInteractionId: one, lastInteractionId: other }]);
    }
  });

  it('keeps identifiers apart that meet on one number, also after it has forgotten them', async () => {
    const numbering = (type: string, value: string, probe: number) => (identifierId(type, value) % 3n) + BigInt(probe) * 100n;
    const workspace = aWorkspace({ numbering });
    const people = Array.from({ length: 20 }, (_, number) => [`user_id:u${number}`, `anonymous_id:a${number}`]);
    for (const person of people) await workspace.hear(said(...person));
    workspace.graph.forget();
    await workspace.hear(...people.map((person) => said(...person)));
    expect(workspace.store.groups()).toEqual(people.map((person) => [...person].sort().join(' + ')).sort());
    expect(workspace.store.identifiers.every((identifier) => identifier.type === 'anonymous_id' || identifier.interactions === 2)).toBe(
      true,
    );
  });

  it('forgets everything where a read fails, and is right when it is asked again', async () => {
    const workspace = aWorkspace();
    await workspace.hear(said('user_id:u1', 'device_id:d1'), said('user_id:u2'));
    const handover = said('user_id:u2', 'device_id:d1');
    workspace.graph.forget();
    jest.spyOn(workspace.store, 'findMembers').mockRejectedValueOnce(new Error('connection lost'));
    await expect(workspace.hear(handover)).rejects.toThrow('connection lost');
    expect(workspace.graph.size).toBe(0);
    await workspace.hear(handover);
    expect(workspace.store.groups()).toEqual(['device_id:d1 + user_id:u2', 'user_id:u1']);
    workspace.store.assertConsistent(workspace.said);
  });

  it('drops what was not used for the longest, but nothing that was used last', async () => {
    const workspace = aWorkspace();
    await workspace.hear(...Array.from({ length: 100 }, (_, number) => said(`user_id:u${number}`)));
    await workspace.hear(...Array.from({ length: 10 }, (_, number) => said(`user_id:u${number}`, `anonymous_id:a${number}`)));
    workspace.graph.trim(50);
    expect(workspace.graph.size).toBe(50);
    workspace.graph.trim(5);
    expect(workspace.graph.size).toBe(20);
    const { calls } = workspace.store.reads;
    await workspace.hear(...Array.from({ length: 10 }, (_, number) => said(`user_id:u${number}`, `anonymous_id:a${number}`)));
    expect(workspace.store.reads.calls).toBe(calls);
  });
});

describe('the cost of a message', () => {
  it('does not grow with a giant or a hub, also where nothing is in memory', async () => {
    const rules = new IdentityRules(
      DEFAULT_IDENTITY_RULES.list.map((rule) => ({ ...rule, limitPerProfile: Math.min(rule.limitPerProfile, 10) })),
    );
    const recordsRead = async (size: number) => {
      const workspace = new Workspace(rules, { hubLimit: 100 });
      const grow = (number: number) => [
        said('user_id:giant', `anonymous_id:g${number}`),
        said(`user_id:h${number}`, 'email:info@example.com'),
      ];
      await workspace.hear(...Array.from({ length: size }, (_, number) => grow(number)).flat());
      workspace.graph.forget();
      const { records } = workspace.store.reads;
      await workspace.hear(...grow(size));
      workspace.store.assertConsistent(workspace.said, 100);
      return workspace.store.reads.records - records;
    };
    expect(await recordsRead(2500)).toBeLessThanOrEqual(await recordsRead(250));
  });
});
