import { z } from 'zod';
import { SCOPES, type Scope } from '../../kernel/vocabulary';

/** By whom people sign in, and what their tokens say. */
export interface SignInSettings {
  /** Exactly as tokens name it. */
  readonly issuer: string;
  readonly audience: string;
  /** Null: as the issuer's own description says (OpenID Connect Discovery). */
  readonly jwksUrl: string | null;
  /** Name of the claim that holds the number of the workspace. */
  readonly workspaceClaim: string;
  /** Name of the claim that holds scopes, or names of roles. */
  readonly scopesClaim: string;
  /** What a role may do, by its name. */
  readonly scopesOfRoles: ReadonlyMap<string, readonly Scope[]>;
  /** By so much the clocks of the provider and of this machine may differ. */
  readonly clockToleranceSeconds: number;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The settings, null where nobody signs in; or what is wrong with them, one sentence a fault. */
export function readSignInSettings(environment: Environment): SignInSettings | null | readonly string[] {
  const given = Object.entries(environment).filter(([name, value]) => name.startsWith('OIDC_') && value !== undefined && value !== '');
  if (given.length === 0) return null;
  const { data, error } = SETTINGS.safeParse(Object.fromEntries(given));
  if (!data) return error.issues.map(({ path, message }) => `${path.join('.')} ${message}.`);
  return {
    issuer: data.OIDC_ISSUER,
    audience: data.OIDC_AUDIENCE,
    jwksUrl: data.OIDC_JWKS_URL ?? null,
    workspaceClaim: data.OIDC_WORKSPACE_CLAIM,
    scopesClaim: data.OIDC_SCOPES_CLAIM,
    scopesOfRoles: data.OIDC_ROLE_SCOPES,
    clockToleranceSeconds: data.OIDC_CLOCK_TOLERANCE_SECONDS,
  };
}

/** Whoever can change what arrives can make keys, so only this machine is asked without TLS. */
export function isSafeAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || (protocol === 'http:' && /^(localhost|127\.[0-9.]+|\[::1\])$/.test(hostname));
}

const url = z.string().refine(isSafeAddress, { error: 'must be an address that begins with https:// (http:// for this machine alone)' });
const claim = z.string().max(200, { error: 'must have at most 200 characters' });
const NEEDED = { error: 'must be set where any OIDC setting is' };

const roles = z
  .string()
  .transform((text, context) => {
    const parsed = ROLES.safeParse(jsonOf(text));
    if (parsed.success) return new Map(Object.entries(parsed.data));
    const message = `must be JSON of roles and their scopes, such as {"agent": ["profiles:read", "pii:read"]}, with scopes among ${SCOPES.join(', ')}`;
    context.issues.push({ code: 'custom', message, input: text });
    return z.NEVER;
  })
  .default(new Map());

const ROLES = z.record(z.string(), z.array(z.enum(SCOPES)));

const SETTINGS = z.object({
  OIDC_ISSUER: z.string(NEEDED).pipe(url),
  OIDC_AUDIENCE: z.string(NEEDED),
  OIDC_JWKS_URL: url.optional(),
  OIDC_WORKSPACE_CLAIM: claim.default('workspace'),
  OIDC_SCOPES_CLAIM: claim.default('scope'),
  OIDC_ROLE_SCOPES: roles,
  OIDC_CLOCK_TOLERANCE_SECONDS: z
    .string()
    .regex(/^([0-9]{1,2}|[12][0-9]{2}|300)$/, { error: 'must be a whole number from 0 to 300' })
    .transform(Number)
    .default(30),
});

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
