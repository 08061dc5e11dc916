import type { ApolloServerPlugin, GraphQLRequestListener } from '@apollo/server';
import { type DocumentNode, type GraphQLSchema, Kind, type OperationDefinitionNode, type ValidationRule, visit } from 'graphql';
import { checkCost, costOf, PAGE_ARGUMENTS } from './queryCost';
import { checkShape } from './queryShape';

/** Refuses documents that are too deep or too wide, before anything is known of their variables. */
export const queryShapeRule: ValidationRule = (context) => ({
  Document(document) {
    try {
      checkShape(document);
    } catch (error) {
      context.reportError(error as Parameters<typeof context.reportError>[0]);
    }
  },
});

/** Refuses operations whose answer could become too large. What doesn't depend on variables is counted once a document. */
export function costLimit<Context extends object>(schema: GraphQLSchema): ApolloServerPlugin<Context> {
  /** Null where it depends on variables. */
  const constantCosts = new WeakMap<OperationDefinitionNode, number | null>();
  const cost = (document: DocumentNode, operation: OperationDefinitionNode, variables: Readonly<Record<string, unknown>>): number => {
    const known = constantCosts.get(operation);
    if (typeof known === 'number') return known;
    const counted = costOf(schema, document, operation, variables);
    if (known === undefined) constantCosts.set(operation, hasVariablePages(document) ? null : counted);
    return counted;
  };
  const listener: GraphQLRequestListener<Context> = {
    didResolveOperation: ({ document, operation, request }) =>
      Promise.resolve(operation).then((found) => found && checkCost(cost(document, found, request.variables ?? {}))),
  };
  return { requestDidStart: () => Promise.resolve(listener) };
}

function hasVariablePages(document: DocumentNode): boolean {
  let found = false;
  visit(document, {
    Argument({ name, value }) {
      if (PAGE_ARGUMENTS.includes(name.value) && value.kind === Kind.VARIABLE) found = true;
    },
  });
  return found;
}
