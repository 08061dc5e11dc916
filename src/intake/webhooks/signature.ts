import { createHmac, timingSafeEqual } from 'node:crypto';

/** Whether two texts are the same, in a time that tells nothing of where they differ. */
export function isSameText(given: string, expected: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)];
  return left.length === right.length && timingSafeEqual(left, right);
}

export interface HmacForm {
  readonly algorithm: 'sha1' | 'sha256' | 'sha512';
  readonly encoding: 'base64' | 'hex';
}

/** The HMAC of the parts, one behind the other. */
function hmacOf(secret: string | Uint8Array, parts: readonly (string | Uint8Array)[], { algorithm, encoding }: HmacForm): string {
  const hmac = createHmac(algorithm, secret);
  for (const part of parts) hmac.update(part);
  return hmac.digest(encoding);
}

/** Whether the signature is the HMAC of the parts, behind the prefix where there is one, by any of the secrets. */
export function isSignedBy(
  secrets: readonly string[],
  signature: string | undefined,
  parts: readonly (string | Uint8Array)[],
  { prefix = '', ...form }: HmacForm & { readonly prefix?: string },
): boolean {
  return secrets.some((secret) => isSameText(signature ?? '', prefix + hmacOf(secret, parts, form)));
}
