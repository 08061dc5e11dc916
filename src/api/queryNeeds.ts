import type { ApolloServerPlugin, GraphQLRequestListener } from '@apollo/server';
import { type DocumentNode, Kind, visit } from 'graphql';
import type { RequestContext } from './requestContext';

/** The fields by which one comes to an identifier and the times it was seen. */
const FIELDS_WITH_IDENTIFIERS = new Set(['identifiers', 'identityGraph']);

/** Looks ahead, once a document, so that what many queries don't select is not read with what they do. */
export function queryNeeds(): ApolloServerPlugin<RequestContext> {
  const known = new WeakMap<DocumentNode, boolean>();
  const needsSightings = (document: DocumentNode): boolean => {
    const needs = known.get(document) ?? selectsIdentifiers(document);
    known.set(document, needs);
    return needs;
  };
  const listener: GraphQLRequestListener<RequestContext> = {
    didResolveOperation: ({ document, contextValue }) => {
      contextValue.needs.sightings = needsSightings(document);
      return Promise.resolve();
    },
  };
  return { requestDidStart: () => Promise.resolve(listener) };
}

function selectsIdentifiers(document: DocumentNode): boolean {
  let found = false;
  visit(document, {
    [Kind.FIELD]: (field) => {
      if (FIELDS_WITH_IDENTIFIERS.has(field.name.value)) found = true;
    },
  });
  return found;
}
