import { createHash, randomBytes } from 'node:crypto';

/** 192 random bits behind a prefix that says what the key is for, so that a leaked one can be told from other text. */
export function newKey(kind: 'api' | 'write'): string {
  return `tl_${kind}_${randomBytes(24).toString('base64url')}`;
}

/** What is stored of a key. */
export function hashOfKey(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
