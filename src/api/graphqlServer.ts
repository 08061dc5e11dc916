import { ApolloServer, type ApolloServerPlugin, type GraphQLRequestListener } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled, ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import type { GraphQLSchema } from 'graphql';
import { auditReads } from './auditReads';
import { compiledQueries } from './compiledQueries';
import { DocumentStore } from './documentStore';
import { type ErrorEdgeOptions, errorEdge } from './errorEdge';
import { costLimit, queryShapeRule } from './limits/limitsPlugin';
import { QUERY_LIMITS } from './limits/queryShape';
import { queryNeeds } from './queryNeeds';
import { stringifyAnswer } from './rawJson';
import type { RequestContext } from './requestContext';

export type GraphqlServer = ApolloServer<RequestContext>;

/** Not yet started. Nothing of it reports anywhere, and no request carries more than one query. */
export function createGraphqlServer(schema: GraphQLSchema, options: ErrorEdgeOptions): GraphqlServer {
  return new ApolloServer<RequestContext>({
    schema,
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      costLimit<RequestContext>(schema),
      queryNeeds(),
      compiledQueries<RequestContext>(schema),
      auditReads(schema),
      refusalStatus,
    ],
    documentStore: new DocumentStore(),
    formatError: errorEdge(options),
    parseOptions: { maxTokens: QUERY_LIMITS.tokens },
    validationRules: [queryShapeRule],
    introspection: true,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    stringifyResult: stringifyAnswer,
  });
}

const statusListener: GraphQLRequestListener<RequestContext> = {
  willSendResponse: ({ response }) => {
    const { http, body } = response;
    if (http.status === 500 && body.kind === 'single' && isRefused(body.singleResult.errors)) http.status = 400;
    return Promise.resolve();
  },
};

/** A query that was refused before it ran answers 400, also where Apollo can't tell whose fault it was. */
const refusalStatus: ApolloServerPlugin<RequestContext> = { requestDidStart: () => Promise.resolve(statusListener) };

function isRefused(errors: readonly { readonly extensions?: { readonly code?: unknown } }[] | undefined): boolean {
  return errors?.every((error) => error.extensions?.code !== 'INTERNAL') ?? false;
}
