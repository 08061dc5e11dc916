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
import { Refusal } from '../../kernel/refusals';
import { queryShapeRule } from '../limits/limitsPlugin';
import { checkCost, costOf } from '../limits/queryCost';
import { QUERY_LIMITS } from '../limits/queryShape';

/** More of them nobody reads. */
const MAX_VARIABLE_FAULTS = 20;

export interface SubscriptionRequest {
  readonly query: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
}

export interface PreparedSubscription {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operationName: string | null;
  readonly variableValues: Readonly<Record<string, unknown>>;
}

/** Reads a subscription and holds it against the schema and the limits of queries. Throws a list of GraphQL errors with their codes. */
export function prepareSubscription(schema: GraphQLSchema, request: SubscriptionRequest): PreparedSubscription {
  const operationName = request.operationName ?? null;
  const variableValues = request.variables ?? {};
  const document = parsed(request.query);
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
  try {
    checkCost(costOf(schema, document, operation, variableValues));
  } catch (error) {
    throw new SubscriptionFaults([error as GraphQLError]);
  }
  return { schema, document, operationName, variableValues };
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
