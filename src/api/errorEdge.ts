import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { NewId } from '../kernel/clock';
import { REFUSALS, Refusal } from '../kernel/refusals';

const MAX_MESSAGE_CHARACTERS = 500;
const BAD_ARGUMENT = /^Argument "|^Variable "|^Too many errors processing variables/;
const PARSING_ABORTED = /tokens\. Parsing aborted/;

export interface ErrorEdgeOptions {
  readonly newId: NewId;
  /** Told of bugs, with the id that the client was given. */
  readonly onBug: (error: unknown, id: string) => void;
  /** What an error of the database means to who asked; null for a bug. */
  readonly refusalOf?: (error: unknown) => Refusal | null;
}

/** A refusal of a whole request, as the HTTP layer of Apollo understands it. */
export function refusedRequest(refusal: Refusal): GraphQLError {
  return new GraphQLError(refusal.message, { extensions: { code: refusal.code, http: { status: REFUSALS[refusal.code].http } } });
}

/**
 * The one way by which errors leave: refusals with their code, what is wrong with the query with GraphQL's own codes, and of everything
 * else no more than an id to ask about.
 */
export function errorEdge(options: ErrorEdgeOptions): (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError {
  return (formatted, error) => {
    const cause = unwrapResolverError(error);
    const place = { ...(formatted.locations && { locations: formatted.locations }), ...(formatted.path && { path: formatted.path }) };
    const refusal = cause instanceof Refusal ? cause : (options.refusalOf?.(cause) ?? null);
    if (refusal !== null) return { message: short(refusal.message), ...place, extensions: { code: refusal.code } };
    if (PARSING_ABORTED.test(formatted.message) || isTooComplex(error))
      return { message: short(formatted.message), extensions: { code: 'QUERY_TOO_COMPLEX' } };
    const code = formatted.extensions?.['code'];
    const isClients = cause instanceof GraphQLError && typeof code === 'string' && code !== 'INTERNAL_SERVER_ERROR';
    if (isClients) return { message: short(formatted.message), ...place, extensions: { code } };
    if (isBadArgument(cause)) return { message: short(formatted.message), ...place, extensions: { code: 'BAD_USER_INPUT' } };
    const id = options.newId();
    options.onBug(cause, id);
    return { message: `${REFUSALS.INTERNAL.meaning} Its number is ${id}.`, ...place, extensions: { code: 'INTERNAL', id } };
  };
}

/** Apollo gives what a validation rule reports its own code, and keeps the report as the origin. */
function isTooComplex(error: unknown): boolean {
  const origin = error instanceof GraphQLError ? error.originalError : null;
  return origin instanceof GraphQLError && origin.extensions['code'] === 'QUERY_TOO_COMPLEX';
}

/** graphql-js finds some faults of literals only when it runs the field; it names the argument then. Of faulty variables it stops telling after fifty. */
function isBadArgument(cause: unknown): boolean {
  return cause instanceof GraphQLError && cause.originalError === undefined && BAD_ARGUMENT.test(cause.message);
}

function short(message: string): string {
  return message.length > MAX_MESSAGE_CHARACTERS ? `${message.slice(0, MAX_MESSAGE_CHARACTERS)}…` : message;
}
