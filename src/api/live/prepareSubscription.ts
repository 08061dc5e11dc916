import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import type { JsonObject } from '../../kernel/json';
import { Refusal } from '../../kernel/refusals';
import { queryShapeRule } from '../limits/limitsPlugin';
import { checkCost, costOf } from '../limits/queryCost';
import { QUERY_LIMITS } from '../limits/queryShape';
import type { PersistedDocuments } from '../persistedDocuments';

/** More of them nobody reads. */
const MAX_VARIABLE_FAULTS = 20;

export interface SubscriptionRequest {
  /** Left out or empty where the request names a document. */
  readonly query?: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
  readonly documentId?: unknown;
  readonly extensions?: unknown;
}

export interface PreparedSubscription {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operationName: string | null;
  readonly variableValues: Readonly<Record<string, unknown>>;
  /** As queries cost. */
  readonly cost: number;
}

/** Reads a subscription and holds it against the schema and the limits of queries. Throws a list of GraphQL errors with their codes. */
export function prepareSubscription(
  schema: GraphQLSchema,
  documents: PersistedDocuments | null,
  request: SubscriptionRequest,
): PreparedSubscription {
  const operationName = request.operationName ?? null;
  const variableValues = request.variables ?? {};
  const document = parsed(textOf(documents, request));
  const faults = validate(schema, document, [...specifiedRules, queryShapeRule]);
  if (faults.length > 0) throw new SubscriptionFaults(faults.map(withCode));
  const operation = getOperationAST(document, operationName);
  if (!operation) throw new SubscriptionFaults([fault('OPERATION_RESOLUTION_FAILURE', 'Name the operation that is to be run.')]);
  if (operation.operation !== 'subscription') {
    throw new SubscriptionFaults([
      refusalFault(new Refusal('INVALID_INPUT', 'Only subscriptions are streamed. Send queries and mutations to POST /graphql.')),
    ]);
  }
  const { errors = [] } = getVariableValues(schema, operation.variableDefinitions ?? [], variableValues, {
    maxErrors: MAX_VARIABLE_FAULTS,
  });
  if (errors.length > 0) throw new SubscriptionFaults(errors.map(({ message }) => fault('BAD_USER_INPUT', message)));
  const cost = costOf(schema, document, operation, variableValues);
  try {
    checkCost(cost);
  } catch (error) {
    throw new SubscriptionFaults([error as GraphQLError]);
  }
  return { schema, document, operationName, variableValues, cost };
}

/** Why a subscription does not even start; the errors are as a client gets them. */
export class SubscriptionFaults extends Error {
  constructor(readonly errors: readonly GraphQLError[]) {
    super(errors[0]?.message ?? 'refused');
  }
}

export function refusalFault({ code, message }: Refusal): GraphQLError {
  return fault(code, message);
}

function textOf(documents: PersistedDocuments | null, request: SubscriptionRequest): string {
  try {
    return String((documents ? documents.resolve(request as JsonObject) : request)['query'] ?? '');
  } catch (error) {
    throw error instanceof Refusal ? new SubscriptionFaults([refusalFault(error)]) : error;
  }
}

function parsed(query: string): DocumentNode {
  try {
    return parse(query, { maxTokens: QUERY_LIMITS.tokens });
  } catch (error) {
    const message = error instanceof GraphQLError ? error.message : 'The query can not be read.';
    throw new SubscriptionFaults([fault(/Parsing aborted/.test(message) ? 'QUERY_TOO_COMPLEX' : 'GRAPHQL_PARSE_FAILED', message)]);
  }
}

/** What a rule of ours reports has its code already. */
function withCode(error: GraphQLError): GraphQLError {
  const origin = error.originalError instanceof GraphQLError ? error.originalError : error;
  const code = origin.extensions['code'];
  return fault(typeof code === 'string' ? code : 'GRAPHQL_VALIDATION_FAILED', error.message);
}

function fault(code: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}
