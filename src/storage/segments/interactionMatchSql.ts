import { KIND_CODES } from '../../kernel/vocabularyCodes';
import type { EventSpec } from '../../segments/trackedEvent';
import { comparisonSql, memberSql } from './comparisonSql';
import type { SqlParameters } from './sqlParameters';

/** `matchesEvent` in SQL: whether an interaction, a row `entry` of that table, is what the event is about. */
export function interactionMatchSql({ kind, name, where }: EventSpec, parameters: SqlParameters): string {
  const conditions = [
    ...(kind === null ? [] : [`entry.kind = ${parameters.add(KIND_CODES[kind], 'smallint')}`]),
    ...(name === null ? [] : [`entry.name = ${parameters.text(name)}`]),
    ...where.map(({ path, comparison }) => propertyHolds(path, (value) => comparisonSql(value, comparison, 0, parameters), parameters)),
  ];
  return conditions.join(' and ');
}

/** The property as it is noted: SQL null where there is none, or it is null. */
export function notedValueSql(path: readonly string[], parameters: SqlParameters): string {
  const value = memberSql('entry.properties', path, parameters);
  return `(select case when json_typeof(property.value) <> 'null' then property.value end from (select json_as_parsed(${value}) as value offset 0) as property)`;
}

function propertyHolds(path: readonly string[], condition: (value: string) => string, parameters: SqlParameters): string {
  const value = memberSql('entry.properties', path, parameters);
  return `(select ${condition('property.value')} from (select json_as_parsed(${value}) as value offset 0) as property)`;
}
