import { createHash } from 'node:crypto';
import { type Credential, Credentials } from '../../src/intake/credential';

const ANN: Credential = { workspaceId: 1, credentialId: 'c-1', sourceId: 7, scopes: [], name: 'Ann', expiresAtMs: null };
const hashOf = (key: string): string => createHash('sha256').update(key).digest('hex');

function credentials(known: Record<string, Credential>) {
  const asked: string[] = [];
  const time = { nowMs: 0 };
  const byHash = new Map(Object.entries(known).map(([key, credential]) => [hashOf(key), credential]));
  const find = (hash: Buffer): Promise<Credential | null> => {
    asked.push(hash.toString('hex'));
    return Promise.resolve(byHash.get(hash.toString('hex')) ?? null);
  };
  return { asked, time, byHash, subject: new Credentials(find, () => time.nowMs) };
}

describe('Credentials', () => {
  it('asks once for a key, by its hash, and answers at once from then on', async () => {
    const { subject, asked } = credentials({ secret: ANN });
    expect(await Promise.all([subject.lookUp('secret'), subject.lookUp('secret')])).toEqual([ANN, ANN]);
    expect(subject.lookUp('secret')).toBe(ANN);
    expect(asked).toEqual([hashOf('secret')]);
  });

  it('remembers that a key is nobody’s as well', async () => {
    const { subject, asked } = credentials({});
    expect(await subject.lookUp('guess')).toBeNull();
    expect(subject.lookUp('guess')).toBeNull();
    expect(asked).toHaveLength(1);
  });

  it('notices within five seconds that a key was revoked', async () => {
    const { subject, byHash, time } = credentials({ secret: ANN });
    await subject.lookUp('secret');
    byHash.clear();
    time.nowMs = 4_999;
    expect(subject.lookUp('secret')).toBe(ANN);
    time.nowMs = 5_000;
    expect(await subject.lookUp('secret')).toBeNull();
  });

  it('takes no key from the moment on at which it expires, remembered or not', async () => {
    const { subject, time } = credentials({ secret: { ...ANN, expiresAtMs: 2_000 } });
    time.nowMs = 1_999;
    expect(await subject.lookUp('secret')).toMatchObject({ name: 'Ann' });
    time.nowMs = 2_000;
    expect(subject.lookUp('secret')).toBeNull();
    time.nowMs = 60_000;
    expect(await subject.lookUp('secret')).toBeNull();
  });

  it('does not ask for what can be no key', () => {
    const { subject, asked } = credentials({});
    expect([subject.lookUp(''), subject.lookUp('x'.repeat(201))]).toEqual([null, null]);
    expect(asked).toEqual([]);
  });

  it('forgets the oldest keys rather than growing without bounds', async () => {
    const { subject, asked } = credentials({ secret: ANN });
    await subject.lookUp('secret');
    for (let guess = 0; guess < 10_000; guess++) await subject.lookUp(`guess ${guess}`);
    await subject.lookUp('secret');
    expect(asked.filter((hash) => hash === hashOf('secret'))).toHaveLength(2);
  });

  it('refuses with UNAVAILABLE while it can not ask, and asks again', async () => {
    let isUp = false;
    const subject = new Credentials(
      () => (isUp ? Promise.resolve(ANN) : Promise.reject(new Error('gone'))),
      () => 0,
    );
    await expect(subject.lookUp('secret')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    isUp = true;
    expect(await subject.lookUp('secret')).toBe(ANN);
  });
});
