import type { ClientBase, Pool } from 'pg';
import { Refusal } from '../../kernel/refusals';
import { wilsonInterval } from '../../measures/wilson';
import { compileSegments } from '../../segments/compileSegments';
import type { SegmentDefinition } from '../../segments/definition';
import { evaluateSegments } from '../../segments/evaluateSegments';
import { needsOf } from '../../segments/needsOf';
import { withNamed } from '../../segments/references';
import { type Statement, send } from '../statements/statement';
import { inWorkspace } from '../workspaceTransaction';
import { loadDefinitions, readingContextOf, type WorkspaceDefinitions } from './loadDefinitions';
import { loadSubjects } from './loadSubjects';
import type { ProfileRange } from './readingContext';
import { readingOf } from './segmentReading';

/** Leaves a preview within a second: a sample takes a fraction of that, unless the database is busy with other things. */
const EXACT_MS = 650;
const SAMPLE_MS = 5_000;
/** How many profiles are looked at where not all of them can be. */
const SAMPLED_BY_SQL = 5_000;
const SAMPLED_IN_MEMORY = 1_000;
const LOADED_AT_ONCE = 500;
const MOST_SHOWN = 10;

/** Enough for the groupings of a preview; nobody else pays for it. */
const LIMITS: Statement = {
  name: 'preview_limits',
  text: `select set_config('statement_timeout', $1, true), set_config('work_mem', '64MB', true)`,
};

/**
 * One row a profile of the sample, with how many living ones there are in all: those whose ids end lowest. What an id ends with is random, so they are as
 * good as drawn by lot, and the same ones each time.
 */
const DRAW_PROFILES: Statement = {
  name: 'draw_profiles',
  text: `
select p.profile_id::text, count(*) over ()::integer as profiles
from profile p
where p.workspace_id = $1 and p.merged_into is null
order by right(p.profile_id::text, 12), p.profile_id
limit $2`,
};

export interface SegmentPreview {
  /** How many are in; an estimate where it isn't exact. */
  readonly size: number;
  readonly isExact: boolean;
  /** The 95 % interval of an estimate; of what is exact both are the size. */
  readonly low: number;
  readonly high: number;
  /** How many living profiles there are, and how many of them were looked at. */
  readonly profiles: number;
  readonly lookedAt: number;
  /** Some of those who are in, at most ten, by id. */
  readonly sampleProfileIds: readonly string[];
}

/**
 * How many a definition would have in it now, within a second. Exact where SQL can read it in time; else of a sample, with an interval. `sampleProfileIds`
 * may be empty although somebody is in.
 */
export async function previewSegment(
  pool: Pool,
  workspaceId: number,
  definition: SegmentDefinition,
  nowMs: number,
): Promise<SegmentPreview> {
  const within = <T>(ms: number, work: (client: ClientBase) => Promise<T>) =>
    inWorkspace(pool, workspaceId, 'snapshot', async (client) => {
      await send(client, LIMITS, [String(ms)]);
      return work(client);
    });
  const asked: AskedPreview = { workspaceId, definition, nowMs };
  const definitions = await within(EXACT_MS, (client) => loadDefinitions(client, workspaceId));
  const exact = await within(EXACT_MS, (client) => readExactly(client, asked, definitions, { after: null, upTo: null })).catch(tooSlow);
  if (exact !== null && exact !== 'TOO_SLOW') return estimate(exact, exact.lookedAt);
  return within(SAMPLE_MS, async (client) => {
    const drawn = await drawProfiles(client, workspaceId, exact === null ? SAMPLED_IN_MEMORY : SAMPLED_BY_SQL);
    const range = { profileIds: drawn.profileIds };
    const found =
      exact === null ? await evaluate(client, asked, definitions, drawn.profileIds) : await readExactly(client, asked, definitions, range);
    return estimate(found as Found, drawn.profiles);
  });
}

interface AskedPreview {
  readonly workspaceId: number;
  readonly definition: SegmentDefinition;
  readonly nowMs: number;
}

interface Found {
  readonly size: number;
  readonly lookedAt: number;
  readonly shown: readonly string[];
}

function tooSlow(error: unknown): 'TOO_SLOW' {
  if (error instanceof Refusal && error.code === 'STATEMENT_TIMEOUT') return 'TOO_SLOW';
  throw error;
}

/** Null where SQL can't read it. */
async function readExactly(
  client: ClientBase,
  { workspaceId, definition, nowMs }: AskedPreview,
  definitions: WorkspaceDefinitions,
  range: ProfileRange,
): Promise<Found | null> {
  const reading = readingOf(definition.condition, readingContextOf(definitions, { workspaceId, nowMs, range }));
  if (reading === null) return null;
  const { rows } = await client.query<Found>({
    text: `
with ${reading.withs}
select (select count(*)::integer from told where told.holds) as size, (select count(*)::integer from page) as "lookedAt",
  array(select told.profile_id::text from told where told.holds order by told.profile_id limit ${MOST_SHOWN}) as shown`,
    values: reading.parameters.values,
  });
  return rows[0] as Found;
}

async function drawProfiles(client: ClientBase, workspaceId: number, limit: number) {
  const rows = await send<{ profile_id: string; profiles: number }>(client, DRAW_PROFILES, [workspaceId, limit]);
  return { profileIds: rows.map((row) => row.profile_id), profiles: rows[0]?.profiles ?? 0 };
}

async function evaluate(
  client: ClientBase,
  { workspaceId, definition, nowMs }: AskedPreview,
  { segments, computedTraits }: WorkspaceDefinitions,
  profileIds: readonly string[],
): Promise<Found> {
  // No key of a segment is empty.
  const previewed = { key: '', name: '', definition };
  const compiled = compileSegments([...segments, previewed], computedTraits);
  const alone = { ...compiled, roots: compiled.roots.filter(({ key }) => key === previewed.key) };
  const needs = needsOf({ segments: withNamed([previewed], segments), computedTraits });
  const found: string[] = [];
  for (let start = 0; start < profileIds.length; start += LOADED_AT_ONCE) {
    const subjects = await loadSubjects(client, workspaceId, profileIds.slice(start, start + LOADED_AT_ONCE), needs, nowMs);
    for (const subject of subjects) if (evaluateSegments(alone, subject, nowMs).members.has(previewed.key)) found.push(subject.profileId);
  }
  return { size: found.length, lookedAt: profileIds.length, shown: found.sort().slice(0, MOST_SHOWN) };
}

function estimate({ size, lookedAt, shown }: Found, profiles: number): SegmentPreview {
  const isExact = lookedAt >= profiles;
  const interval = isExact ? null : wilsonInterval(size, lookedAt);
  const ofAll = (share: number) => Math.round(share * profiles);
  return {
    size: isExact ? size : ofAll(size / lookedAt),
    isExact,
    low: interval ? ofAll(interval.low) : size,
    high: interval ? ofAll(interval.high) : size,
    profiles,
    lookedAt,
    sampleProfileIds: shown,
  };
}
