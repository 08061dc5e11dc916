import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';

interface SigningKey {
  readonly kid: string;
  readonly alg: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
}

export interface Signed {
  readonly by?: SigningKey;
  /** Instead of the key's own. */
  readonly kid?: string;
}

/** A sign-in provider on this machine: it describes itself, publishes its keys and signs what it is told to. */
export class Provider {
  /** Paths that were asked for. */
  readonly asked: string[] = [];
  isDown = false;
  private published: SigningKey[] = [];

  private constructor(private readonly server: Server) {}

  static async start(): Promise<Provider> {
    const server = createServer();
    const provider = new Provider(server);
    server.on('request', (request, response) => {
      provider.asked.push(request.url ?? '');
      provider.answer(request.url ?? '').then(
        (body) => response.writeHead(provider.isDown ? 500 : 200, { 'content-type': 'application/json' }).end(body),
        (error: unknown) => response.destroy(error as Error),
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    provider.published = [await newSigningKey('first')];
    return provider;
  }

  get issuer(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get jwksUrl(): string {
    return `${this.issuer}/keys`;
  }

  get publicKey(): CryptoKey {
    return this.current.publicKey;
  }

  /** From now on another key signs, and it is the only one that is published. Answers the one before. */
  async rotate(kid: string): Promise<SigningKey> {
    const before = this.current;
    this.published = [await newSigningKey(kid)];
    return before;
  }

  /** Claims left out are those of a good token for an hour; undefined takes one away. */
  sign(claims: JWTPayload, { by = this.current, kid = by.kid }: Signed = {}): Promise<string> {
    const nowSeconds = Math.floor(Date.now() / 1_000);
    const good = { iss: this.issuer, aud: 'throughline', sub: 'ann', iat: nowSeconds, exp: nowSeconds + 3_600 };
    return new SignJWT(JSON.parse(JSON.stringify({ ...good, ...claims }))).setProtectedHeader({ alg: by.alg, kid }).sign(by.privateKey);
  }

  stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  private get current(): SigningKey {
    return this.published[0] as SigningKey;
  }

  private async answer(path: string): Promise<string> {
    if (path === '/.well-known/openid-configuration') return JSON.stringify({ issuer: this.issuer, jwks_uri: this.jwksUrl });
    const keys = await Promise.all(this.published.map(async ({ kid, alg, publicKey }) => ({ ...(await exportJWK(publicKey)), kid, alg })));
    return JSON.stringify({ keys });
  }
}

export async function newSigningKey(kid: string, alg = 'ES256'): Promise<SigningKey> {
  return { kid, alg, ...(await generateKeyPair(alg, { extractable: true })) };
}
