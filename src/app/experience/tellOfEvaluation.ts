import type { ClientBase } from 'pg';
import type { Change } from '../../activation/change';
import type { NewId } from '../../kernel/clock';
import type { FrictionSignal } from '../../measures/friction/signal';
import type { Interest } from '../../segments/interestOf';
import { insertChangeNote } from '../../storage/statements/insertChangeNote';
import { recordChanges } from '../../storage/statements/recordChanges';
import { rememberToldFriction } from '../../storage/statements/rememberToldFriction';
import { type Call, send } from '../../storage/statements/statement';
import type { EvaluatedProfile } from '../../storage/writeExperience';

/** A sign that was found in what happened longer ago is no news: of backfills, and of what was there before somebody listened. */
const NEWS_MS = 24 * 3_600_000;

interface TellingOptions {
  readonly interest: Interest;
  readonly nowMs: number;
  /** Since when the first of those that were evaluated was due. */
  readonly sinceMs: number;
  readonly newId: NewId;
}

/** Of whom a sign tells. */
type FoundSign = FrictionSignal & { readonly profileId: string };

/**
 * In the transaction of the evaluation: notes who may be in other segments now, where any asks for a measure (all who were evaluated: some measures come
 * from facts and models, not from the rows that changed), and tells of each sign of friction of the last 24 hours, once, whatever profile it is found on
 * again. Three statements at most. Answers whether anything is told.
 */
export async function tellOfEvaluation(
  client: ClientBase,
  workspaceId: number,
  evaluated: readonly EvaluatedProfile[],
  { interest, nowMs, sinceMs, newId }: TellingOptions,
): Promise<boolean> {
  if (interest.caresForMeasures && evaluated.length > 0) {
    const dueIds = evaluated.map(({ profileId }) => profileId);
    await sendCall(client, insertChangeNote(workspaceId, { atMs: sinceMs, profileIds: [], dueIds, done: [], events: [] }));
  }
  const news = newsIn(evaluated, nowMs);
  if (news.size === 0) return false;
  const fresh = await rememberToldFriction(client, workspaceId, [...news.values()]);
  if (fresh.size === 0) return false;
  const changes = [...news.values()].filter(({ key }) => fresh.has(key)).map((sign) => changeOf(sign, newId(), nowMs));
  await sendCall(client, recordChanges(workspaceId, changes));
  return true;
}

/** By their keys. */
function newsIn(evaluated: readonly EvaluatedProfile[], nowMs: number): ReadonlyMap<string, FoundSign> {
  const isNews = ({ detectedAtMs }: FrictionSignal) => detectedAtMs > nowMs - NEWS_MS && detectedAtMs <= nowMs;
  const found = evaluated.flatMap(({ profileId, evaluation }) =>
    (evaluation?.signals ?? []).filter(isNews).map((signal) => ({ ...signal, profileId })),
  );
  return new Map(found.map((sign) => [sign.key, sign]));
}

/** Without the line that a person reads: it may quote the customer. */
function changeOf({ key, kind, severity, profileId }: FoundSign, changeId: string, nowMs: number): Change {
  const data = { signalKey: key, kind, severity };
  return { changeId, type: 'friction.detected', profileId, atMs: nowMs, segmentId: null, frictionKind: kind, data };
}

async function sendCall(client: ClientBase, { statement, values }: Call): Promise<void> {
  await send(client, statement, values);
}
