import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedOutputType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  type OperationTypeNode,
} from 'graphql';
import type { Json } from '../../src/kernel/json';
import type { Chance } from './chance';
import type { Nonsense } from './nonsense';

export interface GraphqlOperation {
  readonly query: string;
  readonly variables: Record<string, Json | undefined>;
}

const MOST_LEVELS = 5;
const DEFINITIONS: readonly Json[] = [
  { all: [{ trait: 'plan', op: 'eq', value: 'pro' }] },
  {
    any: [
      { event: { kind: 'ORDER_PLACED' }, count: { op: 'gte', value: 2 }, within: '30d' },
      { measure: 'nps.latest', op: 'gte', value: 9 },
    ],
  },
  { not: { sequence: [{ kind: 'PRODUCT_VIEWED' }, { kind: 'ORDER_PLACED' }], within: '7d' } },
  { aggregate: 'count', event: { kind: 'ORDER_PLACED' } },
  { timeZone: 'Europe/Berlin' },
];
const TEXTS = [
  'email',
  'user_id',
  'customer-7@example.com',
  'customer-7',
  'plan',
  'name',
  'Grinder',
  'segment',
  'segment.entered',
  'profiles:read',
  'P1D',
  'NPS',
];

const LENGTHS = [
  [8, 1],
  [8, 2],
  [2, 3],
  [1, 0],
  [0.2, 300],
] as const;
/** Ids by what they are called where they are asked for. */
const PREFIXES: readonly (readonly [RegExp, string])[] = [
  [/profile|survivor/i, 'prf_'],
  [/segment/i, 'seg_'],
  [/source/i, 'src_'],
  [/merge/i, 'mrg_'],
  [/candidate/i, 'mch_'],
  [/destination/i, 'dst_'],
  [/webhook/i, 'chg_'],
];

/** What it did to somebody would be missing when messages are accounted for: asked of nobody there is. */
const OF_NOBODY = 'eraseProfile';

/** An operation of one root field that the schema has, with arguments of the right kind and now and then of any. `ids`: that the server gave out. */
export class GraphqlOperations {
  private variables: Record<string, Json | undefined> = {};
  private declared: string[] = [];
  private usable: readonly string[] = [];

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly chance: Chance,
    private readonly nonsense: Nonsense,
    private readonly ids: readonly string[],
  ) {}

  make(operation: `${OperationTypeNode}`): GraphqlOperation {
    this.variables = {};
    this.declared = [];
    const root = this.schema.getRootType(operation as OperationTypeNode);
    const field = this.chance.pick(Object.values(root?.getFields() ?? {}));
    this.usable = field.name === OF_NOBODY ? [] : this.ids;
    const text = this.field(field, 0);
    const declared = this.declared.length > 0 ? `(${this.declared.join(', ')})` : '';
    return { query: `${operation}${declared} { ${text} }`, variables: this.variables };
  }

  private field({ name, args, type }: GraphQLField<unknown, unknown>, level: number): string {
    const alias = this.chance.isTrue(0.05) ? `other${this.chance.below(3)}: ` : '';
    const given = args.flatMap((argument) => this.argument(argument));
    const selection = this.selection(getNamedType(type), level + 1);
    return `${alias}${name}${given.length > 0 ? `(${given.join(', ')})` : ''}${selection}`;
  }

  private argument({ name, type }: GraphQLArgument): string[] {
    if (!isNonNullType(type) && this.chance.isTrue(0.6)) return [];
    const variable = `v${this.declared.length}`;
    this.declared.push(`$${variable}: ${String(type)}`);
    this.variables[variable] = this.value(name, type);
    return [`${name}: $${variable}`];
  }

  private selection(type: GraphQLNamedOutputType, level: number): string {
    if (isInterfaceType(type)) {
      const parts = this.schema.getPossibleTypes(type).map((one) => `... on ${one.name}${this.selection(one, level + 1)}`);
      return ` { __typename ${parts.filter(() => this.chance.isTrue(0.5)).join(' ')} }`;
    }
    if (!isObjectType(type)) return '';
    const fields = Object.values(type.getFields());
    const leaves = fields.filter((field) => !isObjectType(getNamedType(field.type)) && !isInterfaceType(getNamedType(field.type)));
    const usable = level >= MOST_LEVELS ? leaves : fields;
    const chosen = usable.filter(() => this.chance.isTrue(Math.min(1, 5 / usable.length)));
    return ` { __typename ${chosen.map((field) => this.field(field, level)).join(' ')} }`;
  }

  /** `name`: of the argument or field that it is for. */
  private value(name: string, type: GraphQLInputType): Json | undefined {
    const { chance } = this;
    if (chance.isTrue(0.02)) return this.nonsense.value(chance);
    if (!isNonNullType(type) && chance.isTrue(0.05)) return null;
    const given = isNonNullType(type) ? type.ofType : type;
    if (isListType(given)) return Array.from({ length: chance.weighted(LENGTHS) }, () => this.value(name, given.ofType) ?? null);
    if (isEnumType(given)) return chance.pick(given.getValues()).name;
    if (!isInputObjectType(given)) return this.scalar(name, getNamedType(given).name);
    const fields = Object.values(given.getFields()).filter((field) => isNonNullType(field.type) || chance.isTrue(0.5));
    return Object.fromEntries(fields.map((field) => [field.name, this.value(field.name, field.type)]));
  }

  /** Most often of the kind that the name asks for, where the server gave out such a one. */
  private id(name: string): string {
    const { chance, usable } = this;
    if (usable.length === 0 || chance.isTrue(0.1)) return this.nonsense.text(chance);
    const prefix = PREFIXES.find(([words]) => words.test(name))?.[1] ?? '';
    const fitting = chance.isTrue(0.85) ? usable.filter((id) => id.startsWith(prefix)) : usable;
    return chance.pick(fitting.length > 0 ? fitting : usable);
  }

  private scalar(name: string, type: string): Json {
    const { chance, nonsense } = this;
    switch (type) {
      case 'Int':
        return chance.weighted<number>([
          [8, chance.below(12)],
          [1, -1],
          [1, 2 ** 31 - 1],
          [1, -(2 ** 31)],
          [1, 200],
        ]);
      case 'Float':
        return chance.weighted<number>([
          [8, chance.next()],
          [1, -1],
          [1, 1e308],
          [1, 2 ** 53],
          [1, 5e-324],
        ]);
      case 'Boolean':
        return chance.isTrue(0.5);
      case 'ID':
        return this.id(name);
      case 'DateTime':
        return chance.weighted<string>([
          [8, new Date(Date.UTC(2026, chance.below(12), 1 + chance.below(28))).toISOString()],
          [1, '0001-01-01T00:00:00Z'],
          [1, '9999-12-31T23:59:59.999Z'],
          [1, '1970-01-01T00:00:00+14:00'],
        ]);
      case 'JSON':
      case 'JSONObject':
        return chance.isTrue(0.6) ? chance.pick(DEFINITIONS) : nonsense.value(chance);
      default:
        return chance.isTrue(0.6) ? chance.pick(TEXTS) : nonsense.text(chance);
    }
  }
}
