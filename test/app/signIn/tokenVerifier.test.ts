import { exportSPKI, SignJWT, UnsecuredJWT } from 'jose';
import type { SignInSettings } from '../../../src/app/signIn/signInSettings';
import { TokenVerifier } from '../../../src/app/signIn/tokenVerifier';
import { newSigningKey, Provider } from './provider';

/** Keys that are not known are looked for that often. */
const COOLDOWN_MS = 100;

let provider: Provider;
let faults: unknown[];

beforeEach(async () => {
  provider = await Provider.start();
  faults = [];
});
afterEach(() => provider.stop());

function verifierOf(changed: Partial<SignInSettings> = {}): TokenVerifier {
  const settings: SignInSettings = {
    issuer: provider.issuer,
    audience: 'throughline',
    jwksUrl: provider.jwksUrl,
    workspaceClaim: 'workspace',
    scopesClaim: 'scope',
    scopesOfRoles: new Map([['agent', ['profiles:read', 'pii:read'] as const]]),
    clockToleranceSeconds: 30,
    ...changed,
  };
  return new TokenVerifier({ settings, clock: Date.now, onFault: (error) => void faults.push(error), cooldownMs: COOLDOWN_MS });
}

const secondsFromNow = (seconds: number) => Math.floor(Date.now() / 1_000) + seconds;
const refusal = (code: string, message: RegExp | string = /./) =>
  expect.objectContaining({ code, message: expect.stringMatching(message) });

it('lets in whom the token names, with its scopes, into its workspace, until it expires', async () => {
  const exp = secondsFromNow(600);
  const token = await provider.sign({ sub: 'ann@agents', workspace: 7, scope: 'openid profiles:read reports:read', exp });
  expect(await verifierOf().verify(token)).toMatchObject({
    workspaceId: 7,
    sourceId: null,
    name: 'ann@agents',
    scopes: ['profiles:read', 'reports:read'],
    expiresAtMs: (exp + 30) * 1_000,
  });
});

it('finds the keys by the description of the issuer where no address of them is set', async () => {
  const token = await provider.sign({ workspace: '7' });
  expect(await verifierOf({ jwksUrl: null }).verify(token)).toMatchObject({ workspaceId: 7 });
  expect(provider.asked).toEqual(['/.well-known/openid-configuration', '/keys']);
});

it.each([
  ['scopes in a list', { scope: ['profiles:read', 'everything'] }, ['profiles:read']],
  ['roles', { scope: ['agent', 'profiles:write'] }, ['profiles:read', 'pii:read', 'profiles:write']],
  ['neither', {}, []],
  ['what is no text', { scope: { admin: true } }, []],
])('reads %s', async (_what, claims, scopes) => {
  expect((await verifierOf().verify(await provider.sign({ workspace: 1, ...claims }))).scopes).toEqual(scopes);
});

it('finds claims by a name with dots, and by a path', async () => {
  const named = { 'https://throughline.example/workspace': 3, realm_access: { roles: ['agent'] } };
  const verifier = verifierOf({ workspaceClaim: 'https://throughline.example/workspace', scopesClaim: 'realm_access.roles' });
  expect(await verifier.verify(await provider.sign(named))).toMatchObject({ workspaceId: 3, scopes: ['profiles:read', 'pii:read'] });
});

it.each([
  ['another issuer', { iss: 'https://elsewhere.example' }, /claim iss/],
  ['another audience', { aud: ['somebody-else'] }, /claim aud/],
  ['an end that has passed', { exp: secondsFromNow(-31) }, /expired/],
  ['no end', { exp: undefined }, /claim exp/],
  ['a beginning in the future', { nbf: secondsFromNow(60) }, /claim nbf/],
  ['nobody’s name', { sub: undefined }, /claim sub/],
  ['no workspace', { workspace: undefined }, /claim workspace/],
  ['a workspace that is no number', { workspace: '1 or 1=1' }, /claim workspace/],
  ['a workspace beyond all numbers', { workspace: 1e300 }, /claim workspace/],
])('refuses a token with %s', async (_what, claims, message) => {
  const token = await provider.sign({ workspace: 1, ...claims });
  await expect(verifierOf().verify(token)).rejects.toEqual(refusal('UNAUTHENTICATED', message));
});

it('bears with clocks that differ by as much as is set', async () => {
  const token = await provider.sign({ workspace: 1, exp: secondsFromNow(-20), nbf: secondsFromNow(20) });
  expect(await verifierOf().verify(token)).toMatchObject({ workspaceId: 1 });
  await expect(verifierOf({ clockToleranceSeconds: 0 }).verify(token)).rejects.toEqual(refusal('UNAUTHENTICATED'));
});

it('refuses a token that nobody signed', async () => {
  const token = new UnsecuredJWT({ workspace: 1 })
    .setIssuer(provider.issuer)
    .setAudience('throughline')
    .setSubject('ann')
    .setExpirationTime('1h')
    .encode();
  await expect(verifierOf().verify(token)).rejects.toEqual(refusal('UNAUTHENTICATED'));
});

it('refuses a token that is signed with the public key as if it were a shared secret', async () => {
  const secret = new TextEncoder().encode(await exportSPKI(provider.publicKey));
  const token = await new SignJWT({ workspace: 1 })
    .setProtectedHeader({ alg: 'HS256', kid: 'first' })
    .setIssuer(provider.issuer)
    .setAudience('throughline')
    .setSubject('ann')
    .setExpirationTime('1h')
    .sign(secret);
  await expect(verifierOf().verify(token)).rejects.toEqual(refusal('UNAUTHENTICATED', /algorithm/));
  expect(provider.asked).toEqual([]);
});

it('refuses a token by a stranger who calls its key as the provider calls its own', async () => {
  const token = await provider.sign({ workspace: 1 }, { by: await newSigningKey('first') });
  await expect(verifierOf().verify(token)).rejects.toEqual(refusal('UNAUTHENTICATED'));
});

it('refuses a token whose claims were changed', async () => {
  const [header, , signature] = (await provider.sign({ workspace: 1 })).split('.');
  const claims = Buffer.from(JSON.stringify({ workspace: 2, sub: 'ann', exp: secondsFromNow(60) })).toString('base64url');
  await expect(verifierOf().verify(`${header}.${claims}.${signature}`)).rejects.toEqual(refusal('UNAUTHENTICATED'));
});

it.each(['eyJ.e30.', 'eyJhbGciOiJFUzI1NiJ9.bm8.e30', 'eyJhbGciOiJFUzI1NiJ9.e30.!'])('refuses what is no token: %s', async (token) => {
  await expect(verifierOf().verify(token)).rejects.toEqual(refusal('UNAUTHENTICATED'));
});

it('finds the key that the provider has changed to, and takes no token by the one before', async () => {
  const verifier = verifierOf();
  await verifier.verify(await provider.sign({ workspace: 1 }));
  const before = await provider.rotate('second');
  const token = await provider.sign({ workspace: 2 });
  await new Promise((resolve) => setTimeout(resolve, COOLDOWN_MS));
  expect(await verifier.verify(token)).toMatchObject({ workspaceId: 2 });
  await expect(verifier.verify(await provider.sign({ workspace: 1 }, { by: before }))).rejects.toEqual(
    refusal('UNAUTHENTICATED', /publish/),
  );
});

it('asks the provider far less often than tokens come with keys that nobody knows', async () => {
  const verifier = verifierOf();
  await verifier.verify(await provider.sign({ workspace: 1 }));
  const tokens = await Promise.all(Array.from({ length: 20 }, (_, index) => provider.sign({ workspace: 1 }, { kid: `unknown ${index}` })));
  for (const token of tokens) await expect(verifier.verify(token)).rejects.toEqual(refusal('UNAUTHENTICATED'));
  expect(provider.asked.length).toBeLessThan(tokens.length);
});

describe('while the provider can not be asked', () => {
  it.each([
    ['for its description', null],
    ['for its keys', () => provider.jwksUrl],
  ])('says so with a code %s, tells the operator, and goes on when it can', async (_what, jwksUrl) => {
    const verifier = verifierOf({ jwksUrl: jwksUrl?.() ?? null });
    const token = await provider.sign({ workspace: 1 });
    provider.isDown = true;
    await expect(verifier.verify(token)).rejects.toEqual(refusal('SIGN_IN_UNAVAILABLE'));
    await expect(verifier.verify(token)).rejects.toEqual(refusal('SIGN_IN_UNAVAILABLE'));
    expect(provider.asked).toHaveLength(1);
    expect(faults).toHaveLength(2);
    provider.isDown = false;
    await new Promise((resolve) => setTimeout(resolve, COOLDOWN_MS));
    expect(await verifier.verify(token)).toMatchObject({ workspaceId: 1 });
  });

  it('goes on with the keys that it knows', async () => {
    const verifier = verifierOf();
    const token = await provider.sign({ workspace: 1 });
    await verifier.verify(token);
    await provider.stop();
    expect(await verifier.verify(token)).toMatchObject({ workspaceId: 1 });
  });

  it('still refuses a token that has expired', async () => {
    const token = await provider.sign({ workspace: 1, exp: secondsFromNow(-60) });
    provider.isDown = true;
    await expect(verifierOf().verify(token)).rejects.toEqual(refusal('UNAUTHENTICATED', /expired/));
  });
});

it('takes no description that is of another issuer', async () => {
  const verifier = verifierOf({ issuer: `${provider.issuer}/`, jwksUrl: null });
  await expect(verifier.verify(await provider.sign({ workspace: 1, iss: `${provider.issuer}/` }))).rejects.toEqual(
    refusal('SIGN_IN_UNAVAILABLE'),
  );
});
