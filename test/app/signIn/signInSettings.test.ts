import { readSignInSettings } from '../../../src/app/signIn/signInSettings';

const GIVEN = { OIDC_ISSUER: 'https://id.example.com/', OIDC_AUDIENCE: 'throughline' };

it('lets nobody sign in where nothing is set', () => {
  expect(readSignInSettings({ PORT: '1', OIDC_ISSUER: '' })).toBeNull();
});

it('needs the issuer and the audience only', () => {
  expect(readSignInSettings(GIVEN)).toEqual({
    issuer: 'https://id.example.com/',
    audience: 'throughline',
    jwksUrl: null,
    workspaceClaim: 'workspace',
    scopesClaim: 'scope',
    scopesOfRoles: new Map(),
    clockToleranceSeconds: 30,
  });
});

it('reads which scopes a role has', () => {
  const read = readSignInSettings({ ...GIVEN, OIDC_ROLE_SCOPES: '{"agent": ["profiles:read", "pii:read"]}' });
  expect(read).toMatchObject({ scopesOfRoles: new Map([['agent', ['profiles:read', 'pii:read']]]) });
});

it.each([
  ['the issuer alone', { OIDC_ISSUER: 'https://id.example.com' }, /^OIDC_AUDIENCE must be set/],
  ['an issuer without TLS', { ...GIVEN, OIDC_ISSUER: 'http://id.example.com' }, /^OIDC_ISSUER must be an address/],
  ['keys without TLS', { ...GIVEN, OIDC_JWKS_URL: 'http://id.example.com/keys' }, /^OIDC_JWKS_URL must be an address/],
  ['roles that are no JSON', { ...GIVEN, OIDC_ROLE_SCOPES: 'agent' }, /^OIDC_ROLE_SCOPES must be JSON/],
  ['a scope that there is not', { ...GIVEN, OIDC_ROLE_SCOPES: '{"agent": ["everything"]}' }, /^OIDC_ROLE_SCOPES must be JSON/],
  ['a tolerance without bounds', { ...GIVEN, OIDC_CLOCK_TOLERANCE_SECONDS: '301' }, /^OIDC_CLOCK_TOLERANCE_SECONDS must be/],
])('says what is wrong with %s', (_what, environment, fault) => {
  expect(readSignInSettings(environment)).toEqual([expect.stringMatching(fault)]);
});

it('asks this machine without TLS', () => {
  expect(readSignInSettings({ ...GIVEN, OIDC_ISSUER: 'http://localhost:8080/realms/one' })).toMatchObject({
    issuer: 'http://localhost:8080/realms/one',
  });
});
