import { randomInt } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The keys that `npm start` prints. The database holds only their hashes. */
export interface DevelopmentKeys {
  readonly apiKey: string;
  readonly writeKey: string;
}

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const RANDOM_LENGTH = 32;

/** The keys of this data directory, made at the first start and kept in keys.json (readable by its owner only); fixed ones come before. */
export function developmentKeys(
  dataDir: string,
  fixed: { readonly apiKey: string | null; readonly writeKey: string | null },
): DevelopmentKeys {
  const kept = keptKeys(join(dataDir, 'keys.json'));
  return { apiKey: fixed.apiKey ?? kept.apiKey, writeKey: fixed.writeKey ?? kept.writeKey };
}

/** A new secret: 32 characters of 62 hold 190 bits. */
export function newKey(prefix: 'tl_api_' | 'tl_write_'): string {
  return prefix + Array.from({ length: RANDOM_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}

function keptKeys(file: string): DevelopmentKeys {
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as DevelopmentKeys;
  const made = { apiKey: newKey('tl_api_'), writeKey: newKey('tl_write_') };
  writeFileSync(`${file}.new`, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return made;
}
