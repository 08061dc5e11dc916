import type { Credential } from '../../intake/credential';
import { isJsonObject, type Json, type JsonObject } from '../../kernel/json';
import { Refusal } from '../../kernel/refusals';
import { SCOPES, type Scope } from '../../kernel/vocabulary';
import type { SignInSettings } from './signInSettings';

const WORKSPACE = /^[1-9][0-9]{0,8}$/;
const MAX_ACTOR_CHARACTERS = 200;

/** What whoever holds a token may do, by claims that were verified. Refuses with UNAUTHENTICATED a token that names no workspace or nobody. */
export function credentialOfClaims(claims: JsonObject, settings: SignInSettings): Credential {
  const { sub, exp } = claims;
  const actor = typeof sub === 'string' ? sub.replaceAll('\0', '').slice(0, MAX_ACTOR_CHARACTERS) : '';
  if (actor === '' || typeof exp !== 'number')
    throw new Refusal('UNAUTHENTICATED', 'The token must say who it is for (sub) and until when (exp).');
  const workspace = String(claimAt(claims, settings.workspaceClaim) ?? '');
  if (!WORKSPACE.test(workspace)) {
    throw new Refusal('UNAUTHENTICATED', `The token's claim ${settings.workspaceClaim} must be the number of a workspace.`);
  }
  return {
    workspaceId: Number(workspace),
    credentialId: `${settings.issuer} ${actor}`,
    sourceId: null,
    scopes: scopesOf(claimAt(claims, settings.scopesClaim), settings),
    name: actor,
    expiresAtMs: (exp + settings.clockToleranceSeconds) * 1_000,
  };
}

/** By its whole name, which may be an address with dots; else by a path such as `realm_access.roles`. */
function claimAt(claims: JsonObject, name: string): Json | undefined {
  if (Object.hasOwn(claims, name)) return claims[name];
  let found: Json | undefined = claims;
  for (const part of name.split('.')) found = isJsonObject(found) && Object.hasOwn(found, part) ? found[part] : undefined;
  return found;
}

/** Words of a text, or of a list. What is neither a scope nor a role is meant for somebody else. */
function scopesOf(claim: Json | undefined, { scopesOfRoles }: SignInSettings): readonly Scope[] {
  const words = typeof claim === 'string' ? claim.split(' ') : Array.isArray(claim) ? claim : [];
  const given = new Set(words.flatMap((word) => (typeof word === 'string' ? [word, ...(scopesOfRoles.get(word) ?? [])] : [])));
  return SCOPES.filter((scope) => given.has(scope));
}
