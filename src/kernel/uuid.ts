import { hash, randomUUID } from 'node:crypto';

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

export function uuidFromBytes(bytes: Uint8Array): string {
  let text = '';
  for (let index = 0; index < 16; index++) {
    text += HEX[bytes[index] as number];
    if (index === 3 || index === 5 || index === 7 || index === 9) text += '-';
  }
  return text;
}

/** The 16 bytes of a UUID in its usual 36 character text. */
export function uuidToBytes(uuid: string): Buffer {
  return Buffer.from(uuid.replaceAll('-', ''), 'hex');
}

/** UUID version 7 (RFC 9562): 48 bits of `nowMs`, then what `random`, a UUID of version 4, has after its version. */
export function newUuidV7(nowMs: number, random: () => string = randomUUID): string {
  const time = nowMs.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random().slice(15)}`;
}

/** A name-based UUID (version 8, RFC 9562) of SHA-256 over the name, which no two names share in practice. */
export function uuidFromName(name: string): string {
  const digits = hash('sha256', name, 'hex');
  const time = `${digits.slice(0, 8)}-${digits.slice(8, 12)}-8${digits.slice(13, 16)}`;
  return `${time}-8${digits.slice(17, 20)}-${digits.slice(20, 32)}`;
}
