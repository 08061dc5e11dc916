import type { ClientBase } from 'pg';
import { survivorshipFromJson } from '../../profile/survivorshipFromJson';
import { readingContextOf } from '../../storage/segments/loadDefinitions';
import { writeSegmentPage } from '../../storage/segments/segmentPage';
import { readingOf, type SegmentReading } from '../../storage/segments/segmentReading';
import { limitStatements } from '../../storage/statements/limitStatements';
import { findPageEnd } from '../../storage/statements/loadSegmentPage';
import { loadWorkspaceSettings } from '../../storage/statements/loadWorkspaceSettings';
import { sendCall } from '../../storage/statements/statement';
import { countMembers } from '../../storage/statements/writeMemberships';
import type { FollowedDefinitions } from './followedDefinitions';

/** So many that the follower's next step hardly waits. */
const PAGE_PROFILES = 10_000;
/** SQL tells who is in, and not by which of several conditions; the follower says it with its next look at the profile. */
export const COMPUTED_BY_SQL = 'met the definition when the segment was computed';

export interface SqlPage {
  readonly segmentIds: readonly string[];
  readonly after: string | null;
  readonly nowMs: number;
  /** A statement that takes longer fails with STATEMENT_TIMEOUT. */
  readonly limitMs: number;
}

/** The next page of these segments; answers up to which profile it went, null: the last. Null altogether where SQL can't read one of them: nothing was written. */
export async function computePageBySql(
  client: ClientBase,
  workspaceId: number,
  definitions: FollowedDefinitions,
  { segmentIds, after, nowMs, limitMs }: SqlPage,
): Promise<{ readonly to: string | null } | null> {
  const asked = definitions.evaluated.filter(({ segmentId }) => segmentIds.includes(segmentId));
  const { settings } = await loadWorkspaceSettings(client, workspaceId);
  const to = await findPageEnd(client, workspaceId, after, PAGE_PROFILES);
  const survivorship = survivorshipFromJson(settings['survivorship']);
  const context = readingContextOf(
    { ...definitions, survivorship, segments: definitions.evaluated },
    { workspaceId, nowMs, range: { after, upTo: to } },
  );
  const readings = asked.map(({ definition }) => readingOf(definition.condition, context));
  if (readings.includes(null)) return null;
  await limitStatements(client, limitMs);
  for (const [place, { segmentId }] of asked.entries()) {
    const reading = readings[place] as SegmentReading;
    const { entered } = await writeSegmentPage(client, { workspaceId, segmentId, reading, enteredAtMs: nowMs, reason: COMPUTED_BY_SQL });
    if (entered > 0) await sendCall(client, countMembers(workspaceId, [{ segmentId, entered, left: 0 }], nowMs));
  }
  return { to };
}
