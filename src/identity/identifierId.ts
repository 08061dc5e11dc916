import { hash } from 'node:crypto';

/**
 * The 64 bits, signed, under which an identifier is stored: the first of SHA-256 over its type and value. The value is stored beside it and
 * compared; where two identifiers meet on one id, the later one is stored under its next `probe`.
 */
export function identifierId(type: string, value: string, probe = 0): bigint {
  const name = probe === 0 ? `${type}\0${value}` : `${type}\0${value}\0${probe}`;
  return BigInt.asIntN(64, BigInt(`0x${hash('sha256', name, 'hex').slice(0, 16)}`));
}
