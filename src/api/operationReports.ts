import type { ApolloServerPlugin, GraphQLRequestContext, GraphQLRequestListener } from '@apollo/server';
import { type DocumentNode, Kind, type OperationDefinitionNode, type SelectionSetNode } from 'graphql';
import type { RequestContext } from './requestContext';

/** An operation that was answered. Nothing in it comes from the client. */
export interface OperationReport {
  readonly type: 'query' | 'mutation' | 'subscription';
  /** Of the root, each once, in alphabetical order; empty where the operation was refused before it ran. */
  readonly fields: readonly string[];
  readonly codes: readonly string[];
  readonly startedAtMs: number;
  readonly durationMs: number;
}

/** Tells of every operation when its answer is ready. */
export function operationReports(onOperation: (report: OperationReport) => void): ApolloServerPlugin<RequestContext> {
  return {
    requestDidStart: () => {
      const startedAtMs = Date.now();
      const began = performance.now();
      const listener: GraphQLRequestListener<RequestContext> = {
        willSendResponse: (context) => {
          onOperation({ ...described(context), startedAtMs, durationMs: performance.now() - began });
          return Promise.resolve();
        },
      };
      return Promise.resolve(listener);
    },
  };
}

function described({ document, operation, response }: GraphQLRequestContext<RequestContext>) {
  const { body } = response;
  const errors = (body?.kind === 'single' && body.singleResult.errors) || [];
  const codes = errors.map(({ extensions }) => String(extensions?.['code'] ?? 'NONE'));
  const didRun = body?.kind === 'single' && body.singleResult.data !== undefined;
  return {
    type: operation?.operation ?? ('query' as const),
    fields: didRun && document && operation ? rootFields(document, operation) : [],
    codes,
  };
}

/** Of a document that is valid, so that every name is one of the schema. */
export function rootFields(document: DocumentNode, operation: OperationDefinitionNode): string[] {
  const names = new Set<string>();
  const collect = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) names.add(selection.name.value);
      else if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet);
      else for (const fragment of fragmentsNamed(document, selection.name.value)) collect(fragment.selectionSet);
    }
  };
  collect(operation.selectionSet);
  return [...names].sort();
}

function fragmentsNamed(document: DocumentNode, name: string) {
  return document.definitions.flatMap((each) => (each.kind === Kind.FRAGMENT_DEFINITION && each.name.value === name ? [each] : []));
}
