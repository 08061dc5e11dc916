import {
  encodeBooleanArray,
  encodeInt2Array,
  encodeInt4Array,
  encodeInt8Array,
  encodeTextArray,
  encodeTimestamptzArray,
  encodeUuidArray,
} from '../binaryArrays';
import type { Call, Statement } from './statement';

/** A column of a table of rows that are told of profiles. */
export interface Column<Row> {
  readonly name: string;
  /** In which type its values travel, and which they are stored in. */
  readonly sent: string;
  readonly stored: string;
  readonly encode: (rows: readonly Row[]) => Buffer;
}

export const smallint = <Row>(name: string, of: (row: Row) => number | null) =>
  column(name, 'int2', (rows: readonly Row[]) => encodeInt2Array(rows.map(of)));
export const integer = <Row>(name: string, of: (row: Row) => number | null) =>
  column(name, 'int4', (rows: readonly Row[]) => encodeInt4Array(rows.map(of)));
export const bool = <Row>(name: string, of: (row: Row) => boolean | null) =>
  column(name, 'bool', (rows: readonly Row[]) => encodeBooleanArray(rows.map(of)));
export const uuid = <Row>(name: string, of: (row: Row) => string | null) =>
  column(name, 'uuid', (rows: readonly Row[]) => encodeUuidArray(rows.map(of)));
export const text = <Row>(name: string, of: (row: Row) => string | null) =>
  column(name, 'text', (rows: readonly Row[]) => encodeTextArray(rows.map(of)));
/** From milliseconds since 1970. */
export const time = <Row>(name: string, of: (row: Row) => number | null) =>
  column(name, 'timestamptz', (rows: readonly Row[]) => encodeTimestamptzArray(rows.map(of)));
/** Whole milliseconds. */
export const milliseconds = <Row>(name: string, of: (row: Row) => number | null) =>
  column(name, 'int8', (rows: readonly Row[]) => encodeInt8Array(rows.map((row) => wholeOf(of(row)))));
/** In a type that there is no binary array for here: sent as text in PostgreSQL's own form, and read by PostgreSQL. */
export const textual = <Row>(name: string, stored: string, of: (row: Row) => string | null): Column<Row> => ({ ...text(name, of), stored });

/** What is told of one profile. */
export interface OfProfile<Row> {
  readonly profileId: string;
  readonly rows: readonly Row[];
}

/**
 * A statement that makes the rows of profiles in a table be these and no others: at most one a profile and key. What is there already and the same is left
 * alone. `key`: the column that names a row of a profile, the first of `columns`; null where a profile has one row. Only who has taken the
 * workspace's progress of evaluation may send it.
 */
export function replaceRows<Row>(table: string, key: string | null, columns: readonly Column<Row>[]) {
  const statement = replacement(table, key, columns);
  return (workspaceId: number, told: readonly OfProfile<Row>[]): Call => {
    const rows = told.flatMap((profile) => profile.rows);
    const owners = told.flatMap(({ profileId, rows: own }) => own.map(() => profileId));
    const all = encodeUuidArray(told.map(({ profileId }) => profileId));
    return { statement, values: [workspaceId, all, encodeUuidArray(owners), ...columns.map(({ encode }) => encode(rows))] };
  };
}

function replacement<Row>(table: string, key: string | null, columns: readonly Column<Row>[]): Statement {
  const names = columns.map(({ name }) => name);
  const changing = names.filter((name) => name !== key);
  const sent = columns.map((each, index) => `$${index + 4}::${each.sent}[]`);
  const stored = columns.map((each) => (each.sent === each.stored ? `sent.${each.name}` : `sent.${each.name}::${each.stored}`));
  const isSame = ['profile_id', ...(key === null ? [] : [key])].map((name) => `incoming.${name} = ${table}.${name}`).join(' and ');
  return {
    name: `replace_${table}`,
    text: `
with incoming as (
  select sent.profile_id, ${stored.map((value, index) => `${value} as ${names[index]}`).join(', ')}
  from unnest($3::uuid[], ${sent.join(', ')}) as sent (profile_id, ${names.join(', ')})
),
gone as (
  delete from ${table}
  using unnest($2::uuid[]) as owner (profile_id)
  where ${table}.workspace_id = $1 and ${table}.profile_id = owner.profile_id and not exists (select from incoming where ${isSame})
)
insert into ${table} (workspace_id, profile_id, ${names.join(', ')})
select $1, incoming.* from incoming
on conflict (workspace_id, profile_id${key === null ? '' : `, ${key}`}) do update set ${changing.map((name) => `${name} = excluded.${name}`).join(', ')}
where (${changing.map((name) => `${table}.${name}`).join(', ')}) is distinct from (${changing.map((name) => `excluded.${name}`).join(', ')})`,
  };
}

function column<Row>(name: string, type: string, encode: (rows: readonly Row[]) => Buffer): Column<Row> {
  return { name, sent: type, stored: type, encode };
}

function wholeOf(value: number | null): bigint | null {
  return value === null ? null : BigInt(Math.round(value));
}
