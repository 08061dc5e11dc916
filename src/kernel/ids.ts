import { Refusal } from './refusals';

/** Public ids say what they name: a prefix and the id inside. They are opaque to clients. */
const PREFIXES = {
  Profile: 'prf',
  Interaction: 'int',
  Account: 'acc',
  Source: 'src',
  DeadLetter: 'dlt',
  ApiKey: 'key',
  Merge: 'mrg',
  MatchCandidate: 'mch',
  AuditEntry: 'aud',
  Segment: 'seg',
  Destination: 'dst',
  Change: 'chg',
  Erasure: 'era',
} as const;
export type IdKind = keyof typeof PREFIXES;

const KINDS = new Map(Object.entries(PREFIXES).map(([kind, prefix]) => [prefix as string, kind as IdKind]));
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** `Profile` and a UUID give `prf_<32 hex>`; `Source` and its number give `src_<number>`. */
export function publicId(kind: IdKind, inner: string | number): string {
  return `${PREFIXES[kind]}_${String(inner).replaceAll('-', '')}`;
}

export interface ParsedId {
  readonly kind: IdKind;
  /** A UUID in its usual text, or the decimal number of a source. */
  readonly inner: string;
}

/** What a public id names, or null where it is none of ours. */
export function parsePublicId(id: string): ParsedId | null {
  const [prefix = '', inner = '', ...rest] = id.split('_', 3);
  if (rest.length > 0) return null;
  const kind = KINDS.get(prefix);
  if (!kind) return null;
  if (kind === 'Source') return /^[1-9][0-9]{0,8}$/.test(inner) ? { kind, inner } : null;
  const uuid = inner.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return UUID.test(uuid) ? { kind, inner: uuid } : null;
}

/** The inner id of one kind; refuses with NOT_FOUND where the text names anything else. */
export function innerId(kind: IdKind, id: string): string {
  const parsed = parsePublicId(id);
  if (parsed?.kind !== kind) throw new Refusal('NOT_FOUND', `There is no ${kind} with the id ${JSON.stringify(id.slice(0, 80))}.`);
  return parsed.inner;
}
