import { Refusal } from '../../kernel/refusals';

/** From where on a stream is to be read again. */
export interface LivePlace {
  /** Everything from before this transaction was told. */
  readonly transactionId: bigint;
  /** Of what it wrote itself, this change and those before it were told, too; null: nothing of it. */
  readonly changeId: string | null;
  /** What happened before then was told. Also: nothing that is still to be told was received before. */
  readonly sinceMs: number;
}

/** Whose id it is: a place in one kind of stream says nothing of another kind. */
export type StreamKind = 'profile' | 'interactions' | 'allInteractions' | 'change';

const LETTERS: Readonly<Record<StreamKind, string>> = { profile: 'p', interactions: 'i', allInteractions: 'a', change: 'c' };
const PATTERN = /^([piac])([0-9a-z]{1,10})-([0-9a-z]{1,13})(?:-([0-9a-f]{32}))?$/;
const BASE = 36;

export function encodeEventId(kind: StreamKind, { transactionId, changeId, sinceMs }: LivePlace): string {
  const place = `${LETTERS[kind]}${Math.max(0, Math.floor(sinceMs)).toString(BASE)}-${transactionId.toString(BASE)}`;
  return changeId === null ? place : `${place}-${changeId.replaceAll('-', '')}`;
}

/** Refuses with INVALID_CURSOR what is no id of this kind. */
export function decodeEventId(kind: StreamKind, eventId: string): LivePlace {
  const [, letter, since, transaction, change] = PATTERN.exec(eventId) ?? [];
  if (letter !== LETTERS[kind] || since === undefined || transaction === undefined) {
    throw new Refusal('INVALID_CURSOR', 'after must be the id of an event of the same subscription.');
  }
  return {
    transactionId: parseBase36(transaction),
    changeId: change === undefined ? null : uuidOf(change),
    sinceMs: Number.parseInt(since, BASE),
  };
}

function parseBase36(text: string): bigint {
  let number = 0n;
  for (const digit of text) number = number * BigInt(BASE) + BigInt(Number.parseInt(digit, BASE));
  if (number >= 2n ** 63n) throw new Refusal('INVALID_CURSOR');
  return number;
}

function uuidOf(hex: string): string {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
