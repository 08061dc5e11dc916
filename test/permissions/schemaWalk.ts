import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
} from 'graphql';

interface Step {
  readonly owner: string;
  readonly name: string;
  /** What comes before and after the selection. */
  readonly open: string;
  readonly close: string;
}

/** Fields one after the other, each with its arguments, from a root on; it ends in an object. */
export interface Way {
  readonly fields: readonly Step[];
  readonly type: GraphQLObjectType;
}

/** Written arguments of fields, by `Type.field`; those that are left out and needed are made up. */
export type Calls = Readonly<Record<string, string>>;

/** Beyond there is nothing that is not reached by shorter ways. */
const MOST_FIELDS = 6;

/**
 * All ways from the fields of a root type to an object that visit no type twice. Of a page the nodes are visited, of its edges nothing but the cursor, as
 * they hold the same nodes.
 */
export function waysFrom(schema: GraphQLSchema, root: GraphQLObjectType, calls: Calls): readonly Way[] {
  const ways: Way[] = [];
  const visit = (way: Way, seen: ReadonlySet<string>) => {
    if (way.fields.length > 0) ways.push(way);
    if (way.fields.length === MOST_FIELDS) return;
    for (const field of Object.values(way.type.getFields())) {
      if (field.name === 'node' && way.type.name.endsWith('Edge')) continue;
      for (const { type, open, close } of objectsOf(schema, way.type, field, calls)) {
        const step = { owner: way.type.name, name: field.name, open, close };
        if (!seen.has(type.name)) visit({ fields: [...way.fields, step], type }, new Set([...seen, type.name]));
      }
    }
  };
  visit({ fields: [], type: root }, new Set([root.name]));
  return ways;
}

/** What of an object needs no further selection, with all its arguments. */
export function leavesOf(type: GraphQLObjectType, calls: Calls, left: (field: string) => boolean = () => false): readonly string[] {
  return Object.values(type.getFields())
    .filter((field) => isLeafType(getNamedType(field.type)) && !left(`${type.name}.${field.name}`))
    .map((field) => callOf(type, field, calls));
}

/** The selection that goes the way and ends with what is given. */
export function selectionOf({ fields }: Way, end: readonly string[]): string {
  const selected = ['__typename', ...end].join(' ');
  return fields.reduceRight((inner, { open, close }) => `${open} ${inner} ${close}`, selected);
}

/** As `Query.profile > Profile.context`. */
export function nameOf({ fields }: Way): string {
  return fields.map(({ owner, name }) => `${owner}.${name}`).join(' > ');
}

/** A call of the field by nonsense that its types allow. */
export function callOf(owner: GraphQLObjectType, field: GraphQLField<unknown, unknown>, calls: Calls): string {
  const written = calls[`${owner.name}.${field.name}`];
  if (written !== undefined) return `${field.name}${written}`;
  const given = field.args.filter(isRequiredArgument).map(argumentOf);
  return given.length === 0 ? field.name : `${field.name}(${given.join(', ')})`;
}

function objectsOf(schema: GraphQLSchema, owner: GraphQLObjectType, field: GraphQLField<unknown, unknown>, calls: Calls) {
  const type = getNamedType(field.type);
  const call = callOf(owner, field, calls);
  if (isObjectType(type)) return [{ type, open: `${call} {`, close: '}' }];
  if (!isInterfaceType(type)) return [];
  // One way for each kind of node that was given an id of its own.
  return schema.getImplementations(type).objects.flatMap((object) => {
    const written = calls[`${owner.name}.${field.name}:${object.name}`];
    return written === undefined ? [] : [{ type: object, open: `${field.name}${written} { ... on ${object.name} {`, close: '} }' }];
  });
}

function argumentOf({ name, type }: GraphQLArgument | GraphQLInputField): string {
  return `${name}: ${literalOf(type)}`;
}

function literalOf(type: GraphQLInputType): string {
  if (isNonNullType(type)) return literalOf(type.ofType);
  if (isListType(type)) return `[${literalOf(type.ofType)}]`;
  if (isEnumType(type)) return type.getValues()[0]?.name ?? 'null';
  if (isInputObjectType(type)) return `{ ${Object.values(type.getFields()).filter(isRequiredInputField).map(argumentOf).join(', ')} }`;
  return NONSENSE[type.name] ?? '"nonsense"';
}

const NONSENSE: Readonly<Record<string, string>> = {
  Int: '1',
  Float: '1',
  Boolean: 'true',
  DateTime: '"2026-01-01T00:00:00.000Z"',
  JSON: '{}',
  JSONObject: '{}',
};
