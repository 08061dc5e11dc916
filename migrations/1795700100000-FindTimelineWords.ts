import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The words of one customer's conversations for the text filter of a timeline, from either end and with its other filters, by the index
 * `interaction_words`. As `find_conversation_words` it stands outside the wall, since the match operator of tsvector is not leakproof, keeps to the
 * workspace itself and is planned for each call. Without words it finds nothing and looks at nothing.
 */
export class FindTimelineWords1795700100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(FIND_WORDS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop function find_timeline_words(${TYPES})`);
  }
}

const TYPES = 'text, bigint[], timestamptz, uuid, timestamptz, uuid, smallint[], smallint[], smallint[], text[], integer, boolean';

const from = (end: 'asc' | 'desc'): string => `
      select i.interaction_id
      from interaction i
      where i.workspace_id = current_workspace_id() and i.kind in (46, 47, 49, 50, 52, 55, 57, 61, 62)
        and json_to_tsvector('simple', i.properties, '["string"]') @@ to_tsquery('simple', words)
        and i.identifier_id = any (identifiers)
        and (i.occurred_at, i.interaction_id) < (before_at, before_id) and (i.occurred_at, i.interaction_id) > (after_at, after_id)
        and (departments is null or i.department = any (departments)) and (channels is null or i.channel = any (channels))
        and (kinds is null or i.kind = any (kinds)) and (names is null or i.name = any (names))
      order by i.occurred_at ${end}, i.interaction_id ${end}
      limit most`;

const FIND_WORDS = `
create function find_timeline_words(words text, identifiers bigint[], before_at timestamptz, before_id uuid, after_at timestamptz, after_id uuid,
    departments smallint[], channels smallint[], kinds smallint[], names text[], most integer, newest boolean)
  returns table (interaction_id uuid)
  language plpgsql stable security definer
  set search_path = public set plan_cache_mode = force_custom_plan
  as $$
  begin
    if words is null then
      return;
    elsif newest then
      return query ${from('desc')};
    else
      return query ${from('asc')};
    end if;
  end $$;
comment on function find_timeline_words is 'What was said in conversations and feedback of these identifiers that holds all words of a tsquery, between two places, from the newest or the oldest on.';
revoke all on function find_timeline_words(${TYPES}) from public;
grant execute on function find_timeline_words(${TYPES}) to throughline_app;
`;
