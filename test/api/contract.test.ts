import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  buildSchema as buildFromText,
  type GraphQLNamedType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  printType,
} from 'graphql';
import { buildSchema } from '../../src/api/schema';
import { LEFT_OUT } from './leftOutOfContract';

const contract = buildFromText(readFileSync(join(__dirname, '..', 'fixtures', 'contract.graphql.txt'), 'utf8'));
const served = buildSchema();

interface Member {
  readonly type: string;
  readonly default?: unknown;
  readonly description?: string | null | undefined;
}

/** Everything a schema promises, by name: `Profile`, `Profile.traits`, `Profile.traits(keys)`, `Channel.WEB`. */
function promisesOf(schema: GraphQLSchema): Map<string, Member> {
  const promises = new Map<string, Member>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (!type.name.startsWith('__') && !['Int', 'Float', 'String', 'Boolean', 'ID'].includes(type.name)) addType(promises, type);
  }
  return promises;
}

function addType(promises: Map<string, Member>, type: GraphQLNamedType): void {
  const interfaces = isObjectType(type)
    ? type
        .getInterfaces()
        .map(({ name }) => name)
        .join()
    : '';
  promises.set(type.name, { type: `${type.constructor.name} ${interfaces}`, description: type.description });
  if (isEnumType(type)) for (const { name } of type.getValues()) promises.set(`${type.name}.${name}`, { type: 'value' });
  if (isInputObjectType(type)) {
    for (const field of Object.values(type.getFields())) {
      promises.set(`${type.name}.${field.name}`, { type: String(field.type), default: field.defaultValue, description: field.description });
    }
  }
  if (!isObjectType(type) && !isInterfaceType(type)) return;
  for (const field of Object.values(type.getFields())) {
    promises.set(`${type.name}.${field.name}`, { type: String(field.type), description: field.description });
    for (const argument of field.args) {
      promises.set(`${type.name}.${field.name}(${argument.name})`, { type: String(argument.type), default: argument.defaultValue });
    }
  }
}

const promised = promisesOf(contract);
const kept = promisesOf(served);

it('serves every type, field and argument of the contract but those known to be left out', () => {
  const missing = [...promised.keys()].filter((name) => !kept.has(name) && (holderOf(name) === null || kept.has(holderOf(name) as string)));
  expect(missing.sort()).toEqual([...LEFT_OUT].sort());
});

/** `Profile.traits` for `Profile.traits(keys)`, `Profile` for `Profile.traits`; null for a type. */
function holderOf(name: string): string | null {
  const at = name.includes('(') ? name.indexOf('(') : name.indexOf('.');
  return at < 0 ? null : name.slice(0, at);
}

it.each([...promised.keys()].filter((name) => kept.has(name)))('serves %s with the type and default of the contract', (name) => {
  const { description: _ours, ...ours } = kept.get(name) as Member;
  const { description: _theirs, ...theirs } = promised.get(name) as Member;
  expect(ours).toEqual(theirs);
});

it.each([...promised].filter(([name, { description }]) => kept.has(name) && description))(
  'describes %s at least as the contract does',
  (name, { description }) => {
    expect(kept.get(name)?.description).toContain(description?.trim().replace(/\.$/, ''));
  },
);

it('says for every value of an enum the word itself', () => {
  expect(printType(served.getType('Department') as GraphQLNamedType)).toBe(
    'enum Department {\n  MARKETING\n  SALES\n  PRODUCT\n  SUPPORT\n}',
  );
});
