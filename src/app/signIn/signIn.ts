import type { Credential, KeyLookup } from '../../intake/credential';
import type { TokenVerifier } from './tokenVerifier';

/** Three parts in base64url, the first one of them an object; the last is empty where nobody signed. */
const TOKEN = /^eyJ[\w-]*\.[\w-]+\.[\w-]*$/;
const MAX_TOKEN_CHARACTERS = 8_192;

/** Whoever asks the API: a program by its key, or somebody who signed in by a token. */
export class SignIn implements KeyLookup {
  constructor(
    private readonly keys: KeyLookup,
    /** Null: nobody signs in. */
    private readonly verifier: Pick<TokenVerifier, 'verify'> | null,
  ) {}

  lookUp(key: string, from: (() => string) | null = null): Credential | null | Promise<Credential | null> {
    if (this.verifier === null || key.length > MAX_TOKEN_CHARACTERS || !TOKEN.test(key)) return this.keys.lookUp(key, from);
    return this.verifier.verify(key);
  }
}
