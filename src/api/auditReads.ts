import type { ApolloServerPlugin, GraphQLRequestListener } from '@apollo/server';
import {
  type DocumentNode,
  type GraphQLSchema,
  getNamedType,
  Kind,
  type OperationDefinitionNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { NotedRead } from './ports/readLog';
import type { RequestContext } from './requestContext';

/** Names of the schema alone: what somebody called them in the query, and what they asked for, is left out. */
export type ReadFields = Pick<NotedRead, 'fields' | 'profileFields'>;

/** Notes whom each answer showed. What a document selects is looked at once. */
export function auditReads(schema: GraphQLSchema): ApolloServerPlugin<RequestContext> {
  const known = new WeakMap<OperationDefinitionNode, ReadFields>();
  const fieldsOf = (document: DocumentNode, operation: OperationDefinitionNode): ReadFields => {
    const fields = known.get(operation) ?? readFieldsOf(schema, document, operation);
    known.set(operation, fields);
    return fields;
  };
  const listener: GraphQLRequestListener<RequestContext> = {
    willSendResponse: ({ contextValue, document, operation }) => {
      if (document && operation && !contextValue.trail.isEmpty) noteRead(contextValue, 'read', fieldsOf(document, operation));
      return Promise.resolve();
    },
  };
  return { requestDidStart: () => Promise.resolve(listener) };
}

export function noteRead({ access, clock, trail, ports }: RequestContext, action: NotedRead['action'], read: ReadFields): void {
  if (trail.isEmpty) return;
  const { workspaceId, actor } = access;
  const { profileIds, identifierIds } = trail;
  ports.reads.note({ workspaceId, actor, atMs: clock(), action, target: null, ...read, profileIds, identifierIds });
}

/** The root fields of the operation, and all that its document selects of profiles, in alphabetical order. */
export function readFieldsOf(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode): ReadFields {
  const info = new TypeInfo(schema);
  const root = schema.getRootType(operation.operation);
  const fields = new Set<string>();
  const profileFields = new Set<string>();
  visit(
    document,
    visitWithTypeInfo(info, {
      [Kind.FIELD]: ({ name }) => {
        const parent = info.getParentType();
        if (parent && parent === root) fields.add(name.value);
        if (parent && getNamedType(parent).name === 'Profile') profileFields.add(name.value);
      },
    }),
  );
  return { fields: [...fields].sort(), profileFields: [...profileFields].sort() };
}
