import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { QUERY_LIMITS, tooComplex } from './queryShape';

type Variables = Readonly<Record<string, unknown>>;

/** What a list without pages is taken to hold. */
const USUAL_LIST = 5;
/** Fields that read much more than they answer: of all customers, or by trying something out. */
const READS: Readonly<Record<string, number>> = {
  experience: 1_000,
  journeyMap: 1_000,
  pathVariants: 1_000,
  funnel: 1_000,
  retention: 1_000,
  stickiness: 1_000,
  attribution: 1_000,
  abTest: 1_000,
  previewSegment: 1_000,
  previewIdentityRules: 1_000,
  previewMerge: 200,
  searchConversations: 200,
  searchProfiles: 50,
};
export const PAGE_ARGUMENTS = ['first', 'last'];

/**
 * How many fields an answer may come to hold: each field counts one, and what is inside a page counts as often as the page is long; reports and searches count
 * what they read as well. The document must be valid.
 */
export function costOf(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode, variables: Variables): number {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const measured = new Map<string, number>();
  const queryTypeName = schema.getQueryType()?.name;
  return costOfSet(operation.selectionSet, schema.getRootType(operation.operation)?.name ?? '');

  function costOfSet(set: SelectionSetNode, typeName: string): number {
    let cost = 0;
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) cost += costOfField(selection, typeName);
      else if (selection.kind === Kind.INLINE_FRAGMENT)
        cost += costOfSet(selection.selectionSet, selection.typeCondition?.name.value ?? typeName);
      else cost += costOfFragment(selection.name.value);
    }
    return cost;
  }

  function costOfFragment(name: string): number {
    const known = measured.get(name);
    if (known !== undefined) return known;
    const fragment = fragments.get(name);
    const cost = fragment ? costOfSet(fragment.selectionSet, fragment.typeCondition.name.value) : 0;
    measured.set(name, cost);
    return cost;
  }

  function costOfField(node: FieldNode, typeName: string): number {
    const type = schema.getType(typeName);
    const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[node.name.value] : undefined;
    const own = 1 + (typeName === queryTypeName ? (READS[node.name.value] ?? 0) : 0);
    if (!node.selectionSet || !field) return own;
    return own + lengthOf(field, node, variables) * costOfSet(node.selectionSet, getNamedType(field.type).name);
  }
}

/** Throws QUERY_TOO_COMPLEX. */
export function checkCost(cost: number): void {
  if (cost > QUERY_LIMITS.cost) {
    throw tooComplex(
      `The query could cost ${cost}, about as many fields as it could answer; at most ${QUERY_LIMITS.cost} is allowed. Ask for shorter pages.`,
    );
  }
}

function lengthOf(field: GraphQLField<unknown, unknown>, node: FieldNode, variables: Variables): number {
  const sizes = field.args.filter((argument) => PAGE_ARGUMENTS.includes(argument.name));
  if (sizes.length === 0)
    return isListType(isNonNullType(field.type) ? field.type.ofType : field.type) && !isInPage(field) ? USUAL_LIST : 1;
  const given = sizes.map((argument) => {
    const value = node.arguments?.find((candidate) => candidate.name.value === argument.name)?.value;
    if (value?.kind === Kind.INT) return Number(value.value);
    const variable = value?.kind === Kind.VARIABLE ? variables[value.name.value] : undefined;
    return typeof variable === 'number' ? variable : typeof argument.defaultValue === 'number' ? argument.defaultValue : 0;
  });
  return Math.max(1, ...given);
}

/** The page's length was counted at the connection. */
function isInPage(field: GraphQLField<unknown, unknown>): boolean {
  return field.name === 'nodes' || field.name === 'edges';
}
