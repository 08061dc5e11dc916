import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The operators of pg_trgm are not leakproof, so PostgreSQL refuses to answer them by an index under row-level security. This function
 * stands outside the wall and therefore keeps to the workspace itself, by the same setting that the wall goes by.
 */
export class CreateSearchAndDeadLetterOrder1795300100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(FIND_TERMS);
    await runner.query('create index dead_letter_by_time on dead_letter (workspace_id, at desc, dead_letter_id desc)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index dead_letter_by_time');
    await runner.query('drop function find_search_terms(text[], text[], text, boolean)');
  }
}

const FIND_TERMS = `
create function find_search_terms(asked text[], prefixes text[], resembling text, exactly boolean)
  returns table (identifier_id bigint, rank integer)
  language plpgsql stable security definer
  set search_path = public set pg_trgm.word_similarity_threshold = 0.45
  as $$
  begin
    if exactly then
      return query
        select s.identifier_id, 10000 from search_term s where s.workspace_id = current_workspace_id() and s.term = any (asked);
    else
      return query
        select s.identifier_id,
          case
            when s.term = any (asked) then 10000
            when s.term like any (prefixes) then 8000
            when s.term like '% ' || prefixes[1] then 7000
            else (5000 * word_similarity(resembling, s.term))::integer
          end + (999 * similarity(resembling, s.term))::integer
        from search_term s
        where s.workspace_id = current_workspace_id()
          and (s.term = any (asked) or s.term like any (prefixes) or s.term like '% ' || prefixes[1] or resembling <% s.term);
    end if;
  end $$;
comment on function find_search_terms is 'Terms that equal, begin with or resemble what was asked, with how well they match: 10000 and above is equal.';
revoke all on function find_search_terms(text[], text[], text, boolean) from public;
grant execute on function find_search_terms(text[], text[], text, boolean) to throughline_app;
`;
