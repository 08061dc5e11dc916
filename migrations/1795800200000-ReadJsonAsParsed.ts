import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * JSON as those read it who parse it in memory, for conditions of segments: numbers as doubles, whole numbers that no double holds as their digits
 * (as `parseJsonExactly`), times as `instantOf` among the segments. None of them fails, whatever the text: a source may have written it by hand. No
 * exceptions are caught, for that would forbid parallel plans.
 */
export class ReadJsonAsParsed1795800200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [NUMBER, EXACT, INSTANT]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop function instant_of(text); drop function json_as_parsed(json); drop function json_number(json)');
  }
}

/** Digits of a fraction beyond these change no double. A regular expression of PostgreSQL repeats at most 255 times. */
const HUNDREDS_THAT_COUNT = 8;

const NUMBER = `
create function json_number(value json) returns double precision
  language plpgsql immutable strict parallel safe
  as $$
  declare
    said text := value #>> '{}';
    exact numeric;
  begin
    if length(said) <= 17 and said !~ '[eE]' then return said::double precision; end if;
    if said ~ '[eE]-0*[1-9][0-9]{3}' then return 0; end if;
    if said ~ '[eE][+]?0*[1-9][0-9]{3}' then return case when said ~ '^-?0+([.]0*)?[eE]' then 0 end; end if;
    exact := regexp_replace(said, '([.](?:[0-9]{200}){${HUNDREDS_THAT_COUNT / 2}})[0-9]*', '\\1')::numeric;
    if abs(exact) >= 1.797693134862315808e308 then return null; end if;
    if abs(exact) <= 2.47e-324 then return 0; end if;
    return exact::double precision;
  end $$;
comment on function json_number is 'Of a JSON number the nearest double; null where it is beyond all of them.';
`;

const EXACT = `
create function json_as_parsed(value json) returns json
  language plpgsql immutable strict parallel safe
  as $$
  declare
    said text;
    number double precision;
  begin
    if value::text !~ '[0-9]{16}|[0-9][eE][+-]?[0-9]{3}' then return value; end if;
    case json_typeof(value)
      when 'number' then
        said := value #>> '{}';
        if said ~ '^-?[0-9]+$' then
          return case when length(said) <= 17 and abs(said::numeric) <= 9007199254740991 then value else to_json(said) end;
        end if;
        number := json_number(value);
        return case when number is null then to_json(said) else to_json(number) end;
      when 'array' then
        return (select json_agg(json_as_parsed(item.value) order by item.place) from json_array_elements(value) with ordinality as item (value, place));
      when 'object' then
        return (select json_object_agg(member.key, json_as_parsed(member.value)) from json_each(value) as member);
      else
        return value;
    end case;
  end $$;
comment on function json_as_parsed is 'Numbers as doubles; whole numbers beyond 2^53, and those beyond all doubles, as strings of what was written.';
`;

const INSTANT = `
create function instant_of(said text) returns bigint
  language plpgsql immutable strict parallel safe
  as $$
  declare
    part text[];
    day date;
  begin
    if length(said) not between 10 and 35 or said !~ '^[0-9]{4}-' then return null; end if;
    part := regexp_match(said,
      '^([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:[.]([0-9]{1,9}))?)?(?:Z|([+-])([0-9]{2}):?([0-9]{2}))?)?$');
    if part is null or part[1] = '0000' or part[2] not between '01' and '12' or part[3] not between '01' and '31' then return null; end if;
    if part[4] > '23' or part[5] > '59' or part[6] > '59' or part[9] > '23' or part[10] > '59' then return null; end if;
    day := make_date(part[1]::integer, part[2]::integer, 1) + (part[3]::integer - 1);
    if extract(month from day) <> part[2]::integer then return null; end if;
    return (day - date '1970-01-01') * 86400000::bigint
      + ((coalesce(part[4], '0')::bigint * 60 + coalesce(part[5], '0')::bigint) * 60 + coalesce(part[6], '0')::bigint) * 1000
      + coalesce(rpad(part[7], 3, '0'), '0')::bigint
      - (case when part[8] = '-' then -60000 else 60000 end) * (coalesce(part[9], '0')::bigint * 60 + coalesce(part[10], '0')::bigint);
  end $$;
comment on function instant_of is 'Milliseconds since 1970 of an ISO 8601 date or time, without a zone UTC; null of what is none.';
`;
