import type { ApolloServerPlugin, GraphQLRequestListener } from '@apollo/server';
import { type DocumentNode, type GraphQLSchema, Kind, type OperationDefinitionNode, type ValidationRule, visit } from 'graphql';
import { Refusal } from '../../kernel/refusals';
import { refusedRequest } from '../errorEdge';
import type { RequestContext } from '../requestContext';
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

/**
 * Refuses operations whose answer could become too large, or that cost more than their key has left. What doesn't depend on variables is counted once a
 * document. From then on mutations are carried out, however long they take.
 */
export function costLimit(schema: GraphQLSchema): ApolloServerPlugin<RequestContext> {
  /** Null where it depends on variables. */
  const constantCosts = new WeakMap<OperationDefinitionNode, number | null>();
  const cost = (document: DocumentNode, operation: OperationDefinitionNode, variables: Readonly<Record<string, unknown>>): number => {
    const known = constantCosts.get(operation);
    if (typeof known === 'number') return known;
    const counted = costOf(schema, document, operation, variables);
    if (known === undefined) constantCosts.set(operation, hasVariablePages(document) ? null : counted);
    return counted;
  };
  const listener: GraphQLRequestListener<RequestContext> = {
    didResolveOperation: ({ document, operation, request, contextValue }) =>
      Promise.resolve(operation).then((found) => {
        if (!found) return;
        const counted = cost(document, found, request.variables ?? {});
        checkCost(counted);
        spend(contextValue, counted);
        if (found.operation === 'mutation') contextValue.operation.keep();
      }),
  };
  return { requestDidStart: () => Promise.resolve(listener) };
}

function spend({ meter }: RequestContext, cost: number): void {
  try {
    meter?.spend(cost);
  } catch (error) {
    throw error instanceof Refusal ? refusedRequest(error) : error;
  }
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
