import { ApolloServer, type ApolloServerPlugin, type GraphQLRequestListener } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled, ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import type { GraphQLSchema } from 'graphql';
import { auditReads } from './auditReads';
import { compiledQueries } from './compiledQueries';
import { DocumentStore } from './documentStore';
import { type ErrorEdgeOptions, errorEdge } from './errorEdge';
import { costLimit, queryShapeRule } from './limits/limitsPlugin';
import { QUERY_LIMITS } from './limits/queryShape';
import { type OperationReport, operationReports } from './operationReports';
import { queryNeeds } from './queryNeeds';
import { stringifyAnswer } from './rawJson';
import type { RequestContext } from './requestContext';

export type GraphqlServer = ApolloServer<RequestContext>;

export interface GraphqlServerOptions extends ErrorEdgeOptions {
  /** Whether clients may ask for the schema. */
  readonly introspection: boolean;
  /** Told of every operation when its answer is ready. */
  readonly onOperation?: (report: OperationReport) => void;
}

/** Not yet started. Nothing of it reports anywhere, and no request carries more than one query. */
export function createGraphqlServer(schema: GraphQLSchema, options: GraphqlServerOptions): GraphqlServer {
  return new ApolloServer<RequestContext>({
    schema,
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      costLimit(schema),
      queryNeeds(),
      compiledQueries<RequestContext>(schema),
      auditReads(schema),
      refusalStatus,
      ...(options.onOperation ? [operationReports(options.onOperation)] : []),
    ],
    documentStore: new DocumentStore(),
    formatError: errorEdge(options),
    parseOptions: { maxTokens: QUERY_LIMITS.tokens },
    validationRules: [queryShapeRule],
    introspection: options.introspection,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    stringifyResult: stringifyAnswer,
  });
}

/** Faults of the document or its variables. Who asks for plain JSON gets 200 for them, as GraphQL over HTTP says: proxies answer 400 in JSON, too. */
const FAULTS_OF_DOCUMENTS = new Set<unknown>(['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT']);
const ASKS_FOR_PLAIN_JSON = /^\s*application\/json\b/i;

const statusListener: GraphQLRequestListener<RequestContext> = {
  willSendResponse: ({ request, response }) => {
    const { http, body } = response;
    if (body.kind !== 'single' || http.status === undefined || http.status < 400) return Promise.resolve();
    const codes = (body.singleResult.errors ?? []).map((error) => error.extensions?.['code']);
    if (http.status === 500 && codes.every((code) => code !== 'INTERNAL')) http.status = 400;
    const isPlain = ASKS_FOR_PLAIN_JSON.test(request.http?.headers.get('accept') ?? '');
    if (isPlain && codes.every((code) => FAULTS_OF_DOCUMENTS.has(code))) http.status = 200;
    return Promise.resolve();
  },
};

/** A query that was refused before it ran answers 400, also where Apollo can't tell whose fault it was. */
const refusalStatus: ApolloServerPlugin<RequestContext> = { requestDidStart: () => Promise.resolve(statusListener) };
