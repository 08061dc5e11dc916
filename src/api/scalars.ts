import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import { GraphQLJSON, GraphQLJSONObject } from 'graphql-scalars';
import type { JsonObject } from '../kernel/json';
import { isoText } from './isoText';
import { jsonOfLiteral } from './jsonLiteral';

/** Date, time to the second at least, and an offset (RFC 3339, section 5.6). */
const RFC_3339 =
  /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/i;

/** The years 1 to 9999, beyond which neither four digits nor PostgreSQL write a time so. */
const FIRST_MS = Date.parse('0001-01-01T00:00:00.000Z');
const LAST_MS = Date.parse('9999-12-31T23:59:59.999Z');

function parseDateTime(value: unknown): number {
  const timeMs = typeof value === 'string' && RFC_3339.test(value) ? Date.parse(value) : Number.NaN;
  if (!(timeMs >= FIRST_MS && timeMs <= LAST_MS))
    throw new GraphQLError('DateTime must be a time such as 2026-01-31T09:30:00.000Z (RFC 3339).');
  return timeMs;
}

/** Inside, a time is milliseconds since 1970; outside, text. */
export const DateTimeScalar = new GraphQLScalarType<number, string>({
  name: 'DateTime',
  description: 'RFC 3339, UTC, milliseconds',
  serialize: (value) => isoText(value as number),
  parseValue: parseDateTime,
  parseLiteral: (node) => parseDateTime(node.kind === Kind.STRING ? node.value : null),
});

export const JsonScalar = new GraphQLScalarType({
  ...GraphQLJSON.toConfig(),
  description: 'any JSON value',
  specifiedByURL: null,
  parseLiteral: jsonOfLiteral,
});

/** What is served comes from JSON objects only, so it goes out unchecked. */
export const JsonObjectScalar = new GraphQLScalarType({
  ...GraphQLJSONObject.toConfig(),
  description: 'any JSON object',
  specifiedByURL: null,
  serialize: (value) => value,
  parseLiteral: (node, variables) => {
    if (node.kind !== Kind.OBJECT) throw new GraphQLError('JSONObject must be an object.', { nodes: [node] });
    return jsonOfLiteral(node, variables) as JsonObject;
  },
});
