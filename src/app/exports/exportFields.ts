import { Refusal } from '../../kernel/refusals';
import { LANGUAGE_TRAITS, NAME_TRAITS, NAMING_TYPES } from '../../profile/wellKnownTraits';
import type { ExportNeeds } from '../../storage/statements/readExportPage';

/** What a column may hold besides traits. */
const PLAIN_FIELDS = [
  'id',
  'email',
  'phone',
  'displayName',
  'language',
  'identifiers',
  'enteredAt',
  'reason',
  'firstSeenAt',
  'lastSeenAt',
  'lifecycleStage',
] as const;
type PlainField = (typeof PLAIN_FIELDS)[number];

/** A column, called as it was asked for. */
export type ExportField = {
  readonly name: string;
  /** The name as JSON. */
  readonly label: string;
} & (
  | { readonly kind: PlainField }
  | { readonly kind: 'trait'; readonly path: readonly string[] }
  | { readonly kind: 'computed'; readonly key: string }
);

export const DEFAULT_FIELDS = 'id,email,phone,displayName,enteredAt,reason';
const MAX_FIELDS = 100;
const MAX_NAME_CHARACTERS = 300;

/** Names with commas between. Refuses with INVALID_INPUT, naming the one that is no field. */
export function parseExportFields(text: string): readonly ExportField[] {
  const names = text.split(',').map((name) => name.trim());
  if (names.length > MAX_FIELDS) throw new Refusal('INVALID_INPUT', `fields may name at most ${MAX_FIELDS} fields.`);
  const repeated = names.find((name, place) => names.indexOf(name) !== place);
  if (repeated !== undefined) throw new Refusal('INVALID_INPUT', `fields names ${quoted(repeated)} twice.`);
  return names.map(fieldOf);
}

function fieldOf(name: string): ExportField {
  const kind = PLAIN_FIELDS.find((known) => known === name);
  const label = JSON.stringify(name);
  if (kind) return { name, label, kind };
  const [area, ...path] = name.split('.');
  if (name.length <= MAX_NAME_CHARACTERS && path.length > 0 && path.every((part) => part !== '')) {
    if (area === 'traits') return { name, label, kind: 'trait', path };
    if (area === 'computed' && path.length === 1) return { name, label, kind: 'computed', key: path[0] as string };
  }
  const known = `${PLAIN_FIELDS.join(', ')}, traits.<key> and computed.<key>`;
  throw new Refusal('INVALID_INPUT', `fields: there is no field ${quoted(name)}. There are ${known}.`);
}

function quoted(name: string): string {
  return JSON.stringify(name.slice(0, 80));
}

/** Of which types a field shows identifiers, or counts their times; null: of all. Others show none. */
const SHOWN_TYPES: Readonly<Partial<Record<ExportField['kind'], readonly string[] | null>>> = {
  email: ['email'],
  phone: ['phone'],
  displayName: NAMING_TYPES,
  identifiers: null,
  firstSeenAt: null,
  lastSeenAt: null,
  lifecycleStage: null,
};

/** What has to be read for these fields. */
export function needsOfFields(fields: readonly ExportField[]): ExportNeeds {
  const kinds = new Set(fields.map(({ kind }) => kind));
  const types = [...kinds].map((kind) => (Object.hasOwn(SHOWN_TYPES, kind) ? (SHOWN_TYPES[kind] ?? null) : []));
  return {
    reason: kinds.has('reason'),
    stage: kinds.has('lifecycleStage'),
    identifierIds: traitKeysOf(fields).length > 0,
    identifierTypes: types.includes(null) ? null : [...new Set(types.flatMap((one) => one ?? []))],
  };
}

/** The keys of traits that these fields are made of: nothing else is decoded, and nothing read where there are none. */
export function traitKeysOf(fields: readonly ExportField[]): readonly string[] {
  const keys = fields.flatMap((field): readonly string[] => {
    if (field.kind === 'trait') return field.path.slice(0, 1);
    if (field.kind === 'displayName') return NAME_TRAITS;
    if (field.kind === 'language') return LANGUAGE_TRAITS;
    return field.kind === 'email' || field.kind === 'phone' ? [field.kind] : [];
  });
  return [...new Set(keys)];
}
