import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The words of conversations and feedback, by PostgreSQL's full text in no particular language: as they stand, in lower case. The match operator of
 * tsvector is not leakproof, so PostgreSQL refuses to answer it by an index under row-level security; the function stands outside the wall and
 * keeps to the workspace itself, as `find_search_terms` does. Planned for each call: which index is better depends on how rare the words are.
 *
 * The kinds are CONVERSATION_OPENED, CONVERSATION_REPLIED, CONVERSATION_ESCALATED, CONVERSATION_ON_HOLD, CONVERSATION_REOPENED, CALL_ENDED,
 * BOT_REPLIED, SURVEY_ANSWERED, FEEDBACK_GIVEN; other interactions cost nothing here.
 */
export class IndexConversationWords1795500900000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create index interaction_words on interaction using gin (${WORDS}) where ${SPOKEN}`);
    await runner.query(FIND_WORDS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop function find_conversation_words(text, bigint[], timestamptz, uuid, integer)');
    await runner.query('drop index interaction_words');
  }
}

const WORDS = `json_to_tsvector('simple', properties, '["string"]')`;
const SPOKEN = 'kind in (46, 47, 49, 50, 52, 55, 57, 61, 62)';

const within = (condition: string): string => `
      select i.interaction_id
      from interaction i
      where i.workspace_id = current_workspace_id() and ${SPOKEN} and ${WORDS} @@ to_tsquery('simple', words)
        and (i.occurred_at, i.interaction_id) < (before_at, before_id) ${condition}
      order by i.occurred_at desc, i.interaction_id desc
      limit most`;

const FIND_WORDS = `
create function find_conversation_words(words text, identifiers bigint[], before_at timestamptz, before_id uuid, most integer)
  returns table (interaction_id uuid)
  language plpgsql stable security definer
  set search_path = public set plan_cache_mode = force_custom_plan
  as $$
  begin
    if identifiers is null then
      return query ${within('')};
    else
      return query ${within('and i.identifier_id = any (identifiers)')};
    end if;
  end $$;
comment on function find_conversation_words is 'What was said in conversations and feedback that holds all words of a tsquery, the newest first, older than a place; of these identifiers, or of the whole workspace.';
revoke all on function find_conversation_words(text, bigint[], timestamptz, uuid, integer) from public;
grant execute on function find_conversation_words(text, bigint[], timestamptz, uuid, integer) to throughline_app;
`;
