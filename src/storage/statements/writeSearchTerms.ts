import { encodeInt8Array, encodeTextArray } from '../binaryArrays';
import type { Call, Statement } from './statement';

export interface SearchTerm {
  readonly identifierId: bigint;
  readonly field: 'identifier' | 'name';
  /** Lower case. */
  readonly term: string;
}

/** One row an identifier and field; a new term replaces the old one. */
const WRITE_SEARCH_TERMS: Statement = {
  name: 'write_search_terms',
  text: `
insert into search_term (workspace_id, identifier_id, field, term)
select $1, incoming.* from unnest($2::int8[], $3::text[], $4::text[]) as incoming
on conflict (workspace_id, identifier_id, field) do update set term = excluded.term where search_term.term <> excluded.term`,
};

/** Each pair of identifier and field at most once. */
export function writeSearchTerms(workspaceId: number, terms: readonly SearchTerm[]): Call {
  return {
    statement: WRITE_SEARCH_TERMS,
    values: [
      workspaceId,
      encodeInt8Array(terms.map((row) => row.identifierId)),
      encodeTextArray(terms.map((row) => row.field)),
      encodeTextArray(terms.map((row) => row.term)),
    ],
  };
}
