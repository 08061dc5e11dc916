import { type ApolloServerPlugin, type GraphQLRequestListener, HeaderMap } from '@apollo/server';
import { type DocumentNode, type GraphQLSchema, Kind, type OperationDefinitionNode, visit } from 'graphql';
import { type CompiledQuery, compileQuery, isCompiledQuery } from 'graphql-jit';

/** Compiling costs milliseconds and memory, so a query must have come this often. */
const COMPILED_AT = 3;
const MAX_COMPILED = 200;

interface Known {
  seen: number;
  /** Null: to be run by graphql-js for good. */
  compiled: CompiledQuery | null;
}

/**
 * Runs queries that come again and again as compiled functions. Only what answers exactly as graphql-js does: queries without
 * directives and introspection; and where a run meets an error, its answer is thrown away and graphql-js runs the query, on what the
 * loaders have read already.
 */
export function compiledQueries<Context extends object>(schema: GraphQLSchema): ApolloServerPlugin<Context> {
  const queries = new CompiledQueries(schema);
  const listener: GraphQLRequestListener<Context> = {
    responseForOperation: async ({ document, operation, request, contextValue }) => {
      const compiled = queries.find(document, operation);
      if (compiled === null) return null;
      const result = await compiled.query(undefined, contextValue, request.variables ?? {});
      if (!('data' in result) || result.errors?.length || !result.data) return null;
      return { http: { status: undefined, headers: new HeaderMap() }, body: { kind: 'single', singleResult: { data: result.data } } };
    },
  };
  return { requestDidStart: () => Promise.resolve(listener) };
}

class CompiledQueries {
  /** By operation of a parsed document, which Apollo's document store hands out again for the same text; the least used goes first. */
  private readonly known = new Map<OperationDefinitionNode, Known>();

  constructor(private readonly schema: GraphQLSchema) {}

  find(document: DocumentNode, operation: OperationDefinitionNode): CompiledQuery | null {
    const entry = this.known.get(operation) ?? { seen: 0, compiled: null };
    entry.seen++;
    this.known.delete(operation);
    this.known.set(operation, entry);
    if (this.known.size > MAX_COMPILED) this.known.delete(this.known.keys().next().value as OperationDefinitionNode);
    if (entry.seen === COMPILED_AT) entry.compiled = this.compile(document, operation);
    return entry.compiled;
  }

  private compile(document: DocumentNode, operation: OperationDefinitionNode): CompiledQuery | null {
    if (operation.operation !== 'query' || !isPlain(document)) return null;
    const compiled = compileQuery(this.schema, document, operation.name?.value);
    return isCompiledQuery(compiled) ? compiled : null;
  }
}

function isPlain(document: DocumentNode): boolean {
  let plain = true;
  visit(document, {
    [Kind.DIRECTIVE]: () => {
      plain = false;
    },
    [Kind.FIELD]: (field) => {
      if (field.name.value.startsWith('__')) plain = false;
    },
  });
  return plain;
}
