import { parseTimestampText } from '../timestampText';
import type { Row, WorkspaceConnections } from '../workspaceConnections';
import type { Statement } from './statement';

/** What of a member is wanted besides its id and since when it is in. */
export interface ExportNeeds {
  readonly reason: boolean;
  readonly stage: boolean;
  readonly identifiers: boolean;
  /** With what was said of each identifier; only with `identifiers`. */
  readonly traits: boolean;
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

/** Kept apart by U+001F, identifiers by U+001E: JSON can't hold either, and of values they are taken out. */
const MEMBER = `
    i.identifier_id, i.type, translate(i.value, e'\\x1e\\x1f', '  '), i.first_seen_at, i.last_seen_at`;

const NOT_SUPPRESSED = `and not exists (
    select from identifier own
    join suppression on suppression.workspace_id = $1 and suppression.identifier_id = own.identifier_id
    where own.workspace_id = $1 and own.profile_id = m.profile_id)`;

/**
 * Grain: one row a member who is not suppressed, in the order of profile ids after $3, at most $4: the id, since when, why, the stage that evaluation keeps, and its identifiers in one
 * text. Index look-ups throughout. No locks.
 */
function statementOf({ reason, stage, identifiers, traits }: ExportNeeds, hasSuppressed: boolean): Statement {
  const wanted = [reason, stage, identifiers, traits, hasSuppressed].map(Number).join('');
  return {
    name: `read_export_page_${wanted}`,
    text: `
select m.profile_id, m.entered_at, ${reason ? 'm.reason' : 'null'}, ${stage ? 'customer.stage' : 'null'}, ${identifiers ? 'told.identifiers' : 'null'}
from segment_membership m
${stage ? 'left join customer on customer.workspace_id = $1 and customer.profile_id = m.profile_id' : ''}
${identifiers ? identifiersOf(traits) : ''}
where m.workspace_id = $1 and m.segment_id = $2 and (m.segment_id, m.profile_id) > ($2, $3)
  ${hasSuppressed ? NOT_SUPPRESSED : ''}
order by m.profile_id
limit $4`,
  };
}

function identifiersOf(traits: boolean): string {
  const said = traits ? `, coalesce(said.traits::text, '')` : '';
  return `
cross join lateral (
  select string_agg(concat_ws(e'\\x1f', ${MEMBER}${said}), e'\\x1e') as identifiers
  from identifier i
  ${traits ? 'left join trait_state said on said.workspace_id = $1 and said.identifier_id = i.identifier_id' : ''}
  where i.workspace_id = $1 and i.profile_id = m.profile_id
) as told`;
}

type IdentifierFields = readonly [
  identifierId: string,
  type: string,
  value: string,
  firstSeenAt: string,
  lastSeenAt: string,
  traits?: string,
];

/** Times are read when somebody asks: most columns need none. */
export class ExportedIdentifier {
  readonly identifierId: string;
  readonly type: string;
  readonly value: string;
  readonly firstSeenAt: string;
  /** JSON text of a trait state; null where nothing was said, or nobody asked. */
  readonly traits: string | null;
  private readonly lastSeenAt: string;

  constructor(fields: IdentifierFields) {
    [this.identifierId, this.type, this.value, this.firstSeenAt, this.lastSeenAt] = fields;
    this.traits = fields[5] || null;
  }

  get firstSeenAtMs(): number {
    return parseTimestampText(this.firstSeenAt);
  }

  get lastSeenAtMs(): number {
    return parseTimestampText(this.lastSeenAt);
  }
}

/** Its identifiers stay one text until somebody asks, so that no more than one member's are in memory as objects. */
export class ExportedMember {
  constructor(
    readonly profileId: string,
    readonly enteredAtMs: number,
    readonly reason: string | null,
    /** Null of who has no facts, too. */
    readonly stage: string | null,
    private readonly identifiersText: string | null,
  ) {}

  /** In the order they were first seen. Read anew each time. */
  readIdentifiers(): ExportedIdentifier[] {
    const identifiers = (this.identifiersText?.split('\x1e') ?? []).map(identifierOf);
    return identifiers.length > 1 ? identifiers.sort(compareFirstSeen) : identifiers;
  }
}

export interface ExportPage {
  readonly segmentId: string;
  /** A profile id; null: from the first. */
  readonly after: string | null;
  readonly limit: number;
  /** Whether the workspace has anybody to leave out. */
  readonly hasSuppressed: boolean;
}

const FIRST_ID = '00000000-0000-0000-0000-000000000000';

export async function readExportPage(
  connections: WorkspaceConnections,
  workspaceId: number,
  { segmentId, after, limit, hasSuppressed }: ExportPage,
  needs: ExportNeeds,
): Promise<readonly ExportedMember[]> {
  type Fields = Row &
    readonly [profileId: string, enteredAtMs: number, reason: string | null, stage: string | null, identifiers: string | null];
  const rows = await connections.run<Fields>(workspaceId, statementOf(needs, hasSuppressed), [
    workspaceId,
    segmentId,
    after ?? FIRST_ID,
    limit,
  ]);
  return rows.map((fields) => new ExportedMember(fields[0], fields[1], fields[2], fields[3], fields[4]));
}

function identifierOf(text: string): ExportedIdentifier {
  return new ExportedIdentifier(text.split('\x1f') as unknown as IdentifierFields);
}

function compareFirstSeen(left: ExportedIdentifier, right: ExportedIdentifier): number {
  if (left.firstSeenAt !== right.firstSeenAt) return left.firstSeenAtMs - right.firstSeenAtMs;
  return BigInt(left.identifierId) < BigInt(right.identifierId) ? -1 : 1;
}
