import { parseTimestampText } from '../timestampText';
import type { Row, WorkspaceConnections } from '../workspaceConnections';
import type { Statement } from './statement';

/** What of a member is wanted besides its id and since when it is in. */
export interface ExportNeeds {
  readonly reason: boolean;
  readonly stage: boolean;
  /** Those of all of its identifiers. */
  readonly identifierIds: boolean;
  /** Of which types its identifiers are wanted; null: of all. */
  readonly identifierTypes: readonly string[] | null;
}

/** Grain: one row. No locks. */
const HAS_SUPPRESSIONS: Statement = {
  name: 'has_suppressions',
  text: 'select exists (select from suppression where suppression.workspace_id = $1)',
};

/** Whether anybody is suppressed: where nobody is, pages need not look for it. */
export async function hasSuppressions(connections: WorkspaceConnections, workspaceId: number): Promise<boolean> {
  const [row] = await connections.run<Row & readonly [boolean]>(workspaceId, HAS_SUPPRESSIONS, [workspaceId]);
  return row?.[0] === true;
}

const NOT_SUPPRESSED = `and not exists (
    select from identifier own
    join suppression on suppression.workspace_id = $1 and suppression.identifier_id = own.identifier_id
    where own.workspace_id = $1 and own.profile_id = m.profile_id)`;

const FIELDS = `i.identifier_id, i.type, replace(i.value, e'\\x1f', ' '), i.first_seen_at, i.last_seen_at`;
const FIELDS_EACH = 5;

const IDS = `string_agg(i.identifier_id::text, ',')`;
const IDENTIFIERS = `string_agg(concat_ws(e'\\x1f', ${FIELDS}), e'\\x1f') filter (where $5::text[] is null or i.type = any ($5))`;

/**
 * Grain: one row a member who is not suppressed, in the order of profile ids after $3, at most $4: the id, since when, why, the stage that evaluation keeps, the ids of its identifiers
 * with commas between, and those of the types $5 in one text, their fields kept apart by U+001F, which is taken out of values. Index look-ups throughout. No locks.
 *
 * `between` in place of `=`, and the order by both, leave the planner no other index than the one by segment; comparing (segment_id, profile_id) as a row would
 * go through all members up to $3 again for each page.
 */
function statementOf(needs: ExportNeeds, hasSuppressed: boolean): Statement {
  const { reason, stage, identifierIds } = needs;
  const identifiers = wantsIdentifiers(needs);
  return {
    name: `read_export_page_${[reason, stage, identifierIds, identifiers, hasSuppressed].map(Number).join('')}`,
    text: `
select m.profile_id, m.entered_at, ${reason ? 'm.reason' : 'null'}, ${stage ? 'customer.stage' : 'null'},
  ${identifierIds ? 'told.ids' : 'null'}, ${identifiers ? 'told.identifiers' : 'null'}
from segment_membership m
${stage ? 'left join customer on customer.workspace_id = $1 and customer.profile_id = m.profile_id' : ''}
${identifierIds || identifiers ? toldOf([identifierIds ? `${IDS} as ids` : '', identifiers ? `${IDENTIFIERS} as identifiers` : '']) : ''}
where m.workspace_id = $1 and m.segment_id between $2 and $2 and m.profile_id > $3
  ${hasSuppressed ? NOT_SUPPRESSED : ''}
order by m.segment_id, m.profile_id
limit $4`,
  };
}

function wantsIdentifiers({ identifierTypes }: ExportNeeds): boolean {
  return identifierTypes === null || identifierTypes.length > 0;
}

function toldOf(columns: readonly string[]): string {
  return `
cross join lateral (
  select ${columns.filter((column) => column !== '').join(', ')}
  from identifier i
  where i.workspace_id = $1 and i.profile_id = m.profile_id
) as told`;
}

/** Times are read when somebody asks: most columns need none. */
export class ExportedIdentifier {
  constructor(
    readonly identifierId: string,
    readonly type: string,
    readonly value: string,
    readonly firstSeenAt: string,
    private readonly lastSeenAt: string,
  ) {}

  get firstSeenAtMs(): number {
    return parseTimestampText(this.firstSeenAt);
  }

  get lastSeenAtMs(): number {
    return parseTimestampText(this.lastSeenAt);
  }
}

type MemberRow = Row &
  readonly [
    profileId: string,
    enteredAtMs: number,
    reason: string | null,
    stage: string | null,
    identifierIds: string | null,
    identifiers: string | null,
  ];

/** Its identifiers stay one text until somebody asks, so that no more than one member's are in memory as objects. */
export class ExportedMember {
  readonly profileId: string;
  readonly enteredAtMs: number;
  readonly reason: string | null;
  /** Null of who has no facts, too. */
  readonly stage: string | null;
  private readonly ids: string | null;
  private readonly identifiers: string | null;

  constructor(row: MemberRow) {
    [this.profileId, this.enteredAtMs, this.reason, this.stage, this.ids, this.identifiers] = row;
  }

  get identifierIds(): readonly string[] {
    return this.ids?.split(',') ?? [];
  }

  /** In the order they were first seen. Read anew each time. */
  readIdentifiers(): ExportedIdentifier[] {
    const identifiers: ExportedIdentifier[] = [];
    const fields = this.identifiers?.split('\x1f') ?? [];
    for (let at = 0; at < fields.length; at += FIELDS_EACH) {
      const [identifierId, type, value, firstSeenAt, lastSeenAt] = fields.slice(at, at + FIELDS_EACH) as IdentifierFields;
      identifiers.push(new ExportedIdentifier(identifierId, type, value, firstSeenAt, lastSeenAt));
    }
    return identifiers.length > 1 ? identifiers.sort(compareFirstSeen) : identifiers;
  }
}

type IdentifierFields = [identifierId: string, type: string, value: string, firstSeenAt: string, lastSeenAt: string];

export interface ExportPage {
  readonly segmentId: string;
  /** A profile id; null: from the first. */
  readonly after: string | null;
  readonly limit: number;
  /** Whether anybody in the workspace is suppressed. */
  readonly hasSuppressed: boolean;
}

const FIRST_ID = '00000000-0000-0000-0000-000000000000';

export async function readExportPage(
  connections: WorkspaceConnections,
  workspaceId: number,
  { segmentId, after, limit, hasSuppressed }: ExportPage,
  needs: ExportNeeds,
): Promise<readonly ExportedMember[]> {
  const types = wantsIdentifiers(needs) ? [needs.identifierTypes] : [];
  const values = [workspaceId, segmentId, after ?? FIRST_ID, limit, ...types];
  return (await connections.run<MemberRow>(workspaceId, statementOf(needs, hasSuppressed), values)).map((row) => new ExportedMember(row));
}

/** Times of one zone in ISO order are ordered as their texts are. */
function compareFirstSeen(left: ExportedIdentifier, right: ExportedIdentifier): number {
  if (left.firstSeenAt !== right.firstSeenAt) return left.firstSeenAt < right.firstSeenAt ? -1 : 1;
  return BigInt(left.identifierId) < BigInt(right.identifierId) ? -1 : 1;
}
