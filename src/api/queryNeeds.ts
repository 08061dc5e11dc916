import type { ApolloServerPlugin, GraphQLRequestListener } from '@apollo/server';
import { type DocumentNode, Kind, visit } from 'graphql';
import type { RequestContext } from './requestContext';

/** What of a profile takes more than its rows. */
export interface QueryNeeds {
  /** The times that identifiers were seen. */
  sightings: boolean;
  /** Which values of traits win. */
  traits: boolean;
}

/** The fields by which one comes to an identifier and the times it was seen, and those that are made of traits. */
const FIELDS: Readonly<Record<keyof QueryNeeds, ReadonlySet<string>>> = {
  sightings: new Set(['identifiers', 'identityGraph']),
  traits: new Set([
    'displayName',
    'email',
    'phone',
    'language',
    'traits',
    'trait',
    'conflicts',
    'timezone',
    'preferredChannel',
    'suggestions',
  ]),
};

/** Looks ahead, once a document, so that what many queries don't select is not read with what they do. */
export function queryNeeds(): ApolloServerPlugin<RequestContext> {
  const known = new WeakMap<DocumentNode, QueryNeeds>();
  const needsOf = (document: DocumentNode): QueryNeeds => {
    const needs = known.get(document) ?? neededBy(document);
    known.set(document, needs);
    return needs;
  };
  const listener: GraphQLRequestListener<RequestContext> = {
    didResolveOperation: ({ document, contextValue }) => {
      Object.assign(contextValue.needs, needsOf(document));
      return Promise.resolve();
    },
  };
  return { requestDidStart: () => Promise.resolve(listener) };
}

/** What any of its operations takes. */
export function neededBy(document: DocumentNode): QueryNeeds {
  const needs: QueryNeeds = { sightings: false, traits: false };
  visit(document, {
    [Kind.ARGUMENT]: ({ name }) => {
      needs.sightings ||= name.value === 'asOf';
    },
    [Kind.FIELD]: (field) => {
      needs.sightings ||= FIELDS.sightings.has(field.name.value);
      needs.traits ||= FIELDS.traits.has(field.name.value);
    },
  });
  return needs;
}
