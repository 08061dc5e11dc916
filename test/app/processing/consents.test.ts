import fc from 'fast-check';
import { ask, noted, profilesOf, takeNotes } from './asking';
import { createWorld, RECEIVED_AT_MS, type World } from './world';

let world: World;
let lane: ReturnType<World['newLane']>;
let messages = 0;
beforeEach(async () => {
  world = await createWorld();
  lane = world.newLane({ clock: () => RECEIVED_AT_MS });
});
afterEach(() => world.close());

const timeOf = (minutesBefore: number) => new Date(RECEIVED_AT_MS - minutesBefore * 60_000).toISOString();

interface Said {
  readonly userId?: string | null;
  readonly purpose?: string;
  readonly granted?: boolean;
  readonly at?: number;
  readonly messageId?: string;
  readonly [more: string]: unknown;
}

/** Somebody says yes or no, so many minutes before it was received. */
function says({ userId = 'ada', purpose = 'email', granted = true, at = 10, messageId = `c${messages++}`, ...more }: Said): object {
  return { type: 'track', event: 'Consent Changed', userId, messageId, timestamp: timeOf(at), properties: { purpose, granted }, ...more };
}

async function hear(...heard: object[]): Promise<void> {
  await world.send(heard);
  await world.drain(lane);
}

const stored = () =>
  world.query<{ value: string; purpose: string; granted: boolean; message_id: string }>(
    `select i.value, c.purpose, c.granted, c.message_id from consent c join identifier i using (workspace_id, identifier_id) order by i.value, c.purpose`,
  );

const told = async () => (await noted(world)).events.filter(({ type }) => type === 'consent.changed').map(({ data }) => data);

describe('consents', () => {
  it('are of an identifier what it said last of a purpose, in whatever order that comes', async () => {
    await hear(says({ granted: true, at: 30 }), says({ granted: false, at: 10, messageId: 'last' }), says({ granted: true, at: 20 }));
    await hear(says({ granted: true, at: 15 }), says({ purpose: 'sms', granted: true, messageId: 'other' }));
    expect(await stored()).toEqual([
      { value: 'ada', purpose: 'email', granted: false, message_id: 'last' },
      { value: 'ada', purpose: 'sms', granted: true, message_id: 'other' },
    ]);
  });

  it('are withdrawn by unsubscribing from e-mail', async () => {
    await hear(says({ granted: true, at: 30 }));
    await hear({ type: 'track', event: 'Unsubscribed', userId: 'ada', messageId: 'u', timestamp: timeOf(5) });
    expect(await stored()).toEqual([{ value: 'ada', purpose: 'email', granted: false, message_id: 'u' }]);
  });

  it('are told of where what the profile grants is another, and only then', async () => {
    await hear(says({ granted: true, at: 30 }));
    expect(await told()).toEqual([{ purpose: 'email', granted: true, at: timeOf(30) }]);
    await hear(says({ granted: true, at: 20 }));
    await hear(says({ granted: false, at: 25 }));
    expect(await told()).toEqual([]);
    await hear(says({ granted: false, at: 5 }));
    expect(await told()).toEqual([{ purpose: 'email', granted: false, at: timeOf(5) }]);
  });

  it('are granted by a profile only where none of its identifiers says no', async () => {
    await hear({ type: 'identify', messageId: 'i', userId: 'ada', anonymousId: 'visitor', timestamp: timeOf(60) });
    const visitor = { userId: null, anonymousId: 'visitor' };
    await hear(says({ ...visitor, granted: false, at: 30 }));
    await takeNotes(world);
    await hear(says({ granted: true, at: 20 }));
    expect(await told()).toEqual([]);
    await hear(says({ ...visitor, granted: true, at: 10 }));
    expect(await told()).toEqual([{ purpose: 'email', granted: true, at: timeOf(10) }]);
  });

  it('make due only whose consent is another, for a purpose that a segment reads', async () => {
    await hear(says({ granted: true }), says({ userId: 'bob', granted: true }), says({ purpose: 'sms' }));
    await ask(world, { segments: { mailable: { consent: 'email' } } });
    await takeNotes(world);
    await hear(
      says({ granted: true, at: 3 }),
      says({ userId: 'bob', granted: false, at: 3 }),
      says({ purpose: 'sms', granted: false, at: 3 }),
    );
    expect((await noted(world)).dueIds).toEqual(await profilesOf(world, 'bob'));
  });

  it('count each message once', async () => {
    const yes = says({ granted: true, at: 30 });
    await hear(yes);
    await hear(says({ granted: false, at: 20, messageId: 'no' }), yes);
    await hear(yes);
    expect(await stored()).toEqual([{ value: 'ada', purpose: 'email', granted: false, message_id: 'no' }]);
  });
});

it('are the same whatever the order and the batches, also of messages of the same time, by the bytes of their ids', async () => {
  const saying = fc.record({
    userId: fc.constantFrom('ada', 'bob'),
    purpose: fc.constantFrom('email', 'sms'),
    granted: fc.boolean(),
    at: fc.constantFrom(10, 20),
    // The second is higher by UTF-16 and lower by code points than the third.
    messageId: fc.constantFrom('a', '\uff5e', '🙂', 'b').chain((start) => fc.integer({ min: 0, max: 9 }).map((n) => `${start}${n}`)),
  });
  const history = fc.uniqueArray(saying, { selector: ({ messageId }) => messageId, minLength: 1, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(history, fc.infiniteStream(fc.boolean()), async (sayings, breaks) => {
      await world.query('truncate interaction, consent, inbox');
      const fresh = world.newLane({ clock: () => RECEIVED_AT_MS });
      let batch: object[] = [];
      const send = async () => {
        if (batch.length > 0) await world.send(batch);
        await world.drain(fresh);
        batch = [];
      };
      for (const each of sayings) {
        batch.push(says(each));
        if (breaks.next().value) await send();
      }
      await send();
      const last = new Map<string, (typeof sayings)[number]>();
      const isLater = (one: (typeof sayings)[number], other: (typeof sayings)[number]) =>
        one.at !== other.at ? one.at < other.at : Buffer.compare(Buffer.from(one.messageId), Buffer.from(other.messageId)) > 0;
      for (const each of sayings) {
        const place = `${each.userId} ${each.purpose}`;
        const standing = last.get(place);
        if (!standing || isLater(each, standing)) last.set(place, each);
      }
      const expected = [...last].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, each]) => each);
      expect(await stored()).toEqual(
        expected.map(({ userId, purpose, granted, messageId }) => ({ value: userId, purpose, granted, message_id: messageId })),
      );
    }),
    { numRuns: 40 },
  );
}, 60_000);
