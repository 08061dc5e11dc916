import type { PlainDecisions, PlainIdentifier } from './plainCustomers';

/** Reads with the owner's rights, past every wall. */
export type ReadRows = <Row>(statement: string, values?: unknown[]) => Promise<Row[]>;

export interface StoredInteraction {
  readonly message_id: string;
  readonly owner: string;
  readonly at_ms: number;
  readonly name: string;
  readonly properties: Readonly<Record<string, unknown>> | null;
}

export interface StoredChange {
  readonly change_id: string;
  readonly type: string;
  readonly profile_id: string;
  readonly segment_id: string | null;
  readonly status: string | null;
}

export interface StoredWorld {
  readonly interactions: readonly StoredInteraction[];
  /** `type:value`, its profile, and how many interactions it says to own. */
  readonly identifiers: readonly { readonly name: string; readonly profile_id: string; readonly interactions: number }[];
  readonly links: readonly {
    readonly left: string;
    readonly right: string;
    readonly first_ms: number | null;
    readonly last_ms: number | null;
    readonly alias: boolean;
    readonly decided_ms: number | null;
  }[];
  readonly profiles: readonly { readonly profile_id: string; readonly merged_into: string | null }[];
  readonly merges: readonly { readonly absorbed_id: string; readonly survivor_id: string }[];
  readonly decisions: PlainDecisions;
  readonly segments: readonly {
    readonly segment_id: string;
    readonly key: string;
    readonly size: number;
    readonly definition: never;
    readonly is_changed: boolean;
  }[];
  readonly memberships: readonly { readonly segment_id: string; readonly profile_id: string }[];
  /** Those that were told of, in the order they are delivered in; then any others. */
  readonly changes: readonly StoredChange[];
  readonly deeds: readonly { readonly action: string; readonly count: number }[];
  readonly deadLetters: number;
}

const MS = (column: string) => `(extract(epoch from ${column}) * 1000)::float8`;

export async function readStoredWorld(rows: ReadRows): Promise<StoredWorld> {
  const [letters] = await rows<{ count: number }>('select count(*)::int as count from dead_letter');
  return {
    interactions: await rows(`
      select t.message_id, i.type || ':' || i.value as owner, ${MS('t.occurred_at')} as at_ms, t.name, t.properties
      from interaction t left join identifier i using (workspace_id, identifier_id)`),
    identifiers: await rows(
      `select i.type || ':' || i.value as name, i.profile_id, i.interactions::float8 as interactions from identifier i`,
    ),
    links: await rows(`
      select a.type || ':' || a.value as left, b.type || ':' || b.value as right, ${MS('l.first_seen_at')} as first_ms,
        ${MS('l.last_seen_at')} as last_ms, l.alias, ${MS('l.decided_at')} as decided_ms
      from link l
      join identifier a on a.workspace_id = l.workspace_id and a.identifier_id = l.low_id
      join identifier b on b.workspace_id = l.workspace_id and b.identifier_id = l.high_id`),
    profiles: await rows('select p.profile_id, p.merged_into from profile p'),
    merges: await rows('select m.absorbed_id, m.survivor_id from profile_merge m'),
    decisions: await readDecisions(rows),
    segments: await rows(`select s.segment_id, s.key, s.size, s.definition, s.key not like 'steady-%' as is_changed from segment s`),
    memberships: await rows('select m.segment_id, m.profile_id from segment_membership m'),
    changes: await rows(`
      select c.change_id, c.type, coalesce(d.profile_id, c.profile_id) as profile_id, c.segment_id, d.status
      from change c left join delivery d on d.workspace_id = c.workspace_id and d.change_id = c.change_id
      where c.type <> 'friction.detected'
      order by d.position nulls last`),
    deeds: await rows('select a.action, count(*)::int as count from audit_entry a group by a.action'),
    deadLetters: letters?.count ?? 0,
  };
}

async function readDecisions(rows: ReadRows): Promise<PlainDecisions> {
  type Type = PlainIdentifier['type'];
  const joins = await rows<{ left_type: Type; left_value: string; right_type: Type; right_value: string; at_ms: number }>(`
    select a.type as left_type, a.value as left_value, b.type as right_type, b.value as right_value, ${MS('d.decided_at')} as at_ms
    from decision d
    join identifier a on a.workspace_id = d.workspace_id and a.identifier_id = d.low_id
    join identifier b on b.workspace_id = d.workspace_id and b.identifier_id = d.high_id
    where d.kind = 'JOIN' and d.revoked_at is null`);
  const labelled = await rows<{ name: string; decision_id: string; side: 0 | 1 }>(`
    select i.type || ':' || i.value as name, l.decision_id, l.side
    from part_label l join identifier i using (workspace_id, identifier_id)
    where l.superseded_by is null`);
  const labels = new Map<string, { decisionId: string; side: 0 | 1 }[]>();
  for (const { name, decision_id, side } of labelled) labels.set(name, [...(labels.get(name) ?? []), { decisionId: decision_id, side }]);
  return {
    joins: joins.map((join) => ({
      left: { type: join.left_type, value: join.left_value },
      right: { type: join.right_type, value: join.right_value },
      atMs: join.at_ms,
    })),
    labels,
  };
}
