import { randomUUID } from 'node:crypto';
import pg, { type ClientBase } from 'pg';
import type { Json, JsonObject } from '../../../src/kernel/json';
import { KIND_CODES } from '../../../src/kernel/vocabularyCodes';
import { combineTraitStates, encodeTraitState, traitStateOf } from '../../../src/profile/traitState';
import type { TrackedEvent } from '../../../src/segments/trackedEvent';
import { trackedEventKey } from '../../../src/segments/trackedEventKey';
import { appConnection } from '../../../src/storage/pool';
import { backfillTrackedEvent } from '../../../src/storage/segments/backfillTrackedEvent';
import { inWorkspace } from '../../../src/storage/workspaceTransaction';
import { createTestDatabase, type TestDatabase } from '../../database';

export interface ToldIdentifier {
  readonly type: string;
  readonly seenAtMs: readonly [first: number, last: number];
  /** What messages said of it. */
  readonly said: readonly { readonly sourceId: number; readonly atMs: number; readonly traits: JsonObject }[];
  /** Properties as the source wrote them. */
  readonly events: readonly {
    readonly kind: keyof typeof KIND_CODES;
    readonly name: string;
    readonly atMs: number;
    readonly properties: string | null;
  }[];
  readonly consents: Readonly<Record<string, boolean>>;
  readonly accounts: readonly number[];
}

/** What evaluation keeps of a profile. */
export interface ToldProfile {
  readonly identifiers: readonly ToldIdentifier[];
  readonly answers: readonly {
    readonly survey: string;
    readonly atMs: number;
    readonly score: number;
    readonly scaleMax: number;
    readonly version: string | null;
    readonly isValid: boolean;
  }[];
  readonly customer: { readonly stage: string; readonly orders: number; readonly revenue: number | null } | null;
  readonly orders: readonly { readonly status: string; readonly currency: string }[];
  readonly conversations: readonly { readonly status: string; readonly reopens: number }[];
  readonly friction: readonly { readonly resolvedAtMs: number | null }[];
}

const TABLES =
  'profile, identifier, trait_state, interaction, survey_answer, customer, customer_order, conversation, friction_signal, consent, account, account_member, tracked_event, event_match, segment_membership, segment_wake';

/** Rows of one workspace, written as they would be by those who process messages. */
export class SegmentWorld {
  private number = 0;

  /** Pipelined, as that of workers is. */
  readonly pool: pg.Pool;

  private constructor(readonly database: TestDatabase) {
    this.pool = new pg.Pool({ ...appConnection(database.url, 30_000), pipeline: true, max: 4 } as pg.PoolConfig);
  }

  static async create(): Promise<SegmentWorld> {
    const database = await createTestDatabase();
    await database.owner.query(`insert into workspace (name, created_at) values ('Acme', now()), ('Other', now())`);
    return new SegmentWorld(database);
  }

  async close(): Promise<void> {
    await this.pool.end();
    await this.database.drop();
  }

  inside<T>(work: (client: ClientBase) => Promise<T>, workspaceId = 1): Promise<T> {
    return inWorkspace(this.pool, workspaceId, 'changes', work);
  }

  async clear(settings: JsonObject = {}): Promise<void> {
    await this.database.owner.query(`truncate ${TABLES}`);
    await this.database.owner.query('update workspace set settings = $1 where workspace_id = 1', [JSON.stringify(settings)]);
  }

  /** Answers their ids, in order. `accounts`: the traits of accounts 0, 1, …. */
  async write(profiles: readonly ToldProfile[], accounts: readonly JsonObject[] = [], workspaceId = 1): Promise<string[]> {
    const rows = new TableRows(workspaceId);
    const accountIds = accounts.map((traits, index) => {
      const accountId = randomUUID();
      const state = traitStateOf(traits, { sourceId: 1, atMs: 1_000, messageId: `a${index}` });
      const account = { account_id: accountId, external_id: `account-${index}`, first_seen_at: iso(0), last_seen_at: iso(0) };
      rows.add('account', account, { traits: encodeTraitState(state) });
      return accountId;
    });
    const ids = profiles.map((profile) => this.profile(profile, accountIds, rows));
    for (const [table, tableRows] of rows.tables) {
      await this.database.owner.query(`insert into ${table} select * from json_populate_recordset(null::${table}, $1)`, [
        `[${tableRows.join()}]`,
      ]);
    }
    return ids;
  }

  /** Tracked, and ready. */
  async track(tracked: TrackedEvent): Promise<number> {
    const id = ++this.number;
    await this.inside(async (client) => {
      const spec = JSON.stringify(tracked);
      await client.query('insert into tracked_event values (1, $1, $2, $3, true)', [id, trackedEventKey(tracked), spec]);
      await backfillTrackedEvent(client, 1, id, tracked);
    });
    return id;
  }

  private profile(profile: ToldProfile, accountIds: readonly string[], rows: TableRows): string {
    const profileId = randomUUID();
    const seen = profile.identifiers.map(({ seenAtMs }) => seenAtMs[0]);
    rows.add('profile', {
      profile_id: profileId,
      contested: false,
      identifier_count: profile.identifiers.length,
      type_counts: {},
      first_seen_at: iso(Math.min(...seen)),
      created_at: iso(0),
      rules_version: 0,
    });
    for (const identifier of profile.identifiers) this.identifier(identifier, profileId, accountIds, rows);
    const place = { profile_id: profileId, department: 0, channel: 0 };
    for (const { survey, atMs, score, scaleMax, version, isValid } of profile.answers) {
      rows.add('survey_answer', {
        ...place,
        interaction_id: randomUUID(),
        survey,
        answered_at: iso(atMs),
        score,
        scale_min: 0,
        scale_max: scaleMax,
        version,
        is_valid: isValid,
        is_favourable: false,
      });
    }
    if (profile.customer) {
      const { stage, orders, revenue } = profile.customer;
      rows.add('customer', {
        profile_id: profileId,
        stage,
        stages: [],
        stages_at: [],
        customer_from: [],
        customer_to: [],
        orders,
        currency: 'EUR',
        revenue,
        order_days: [],
        day_values: [],
      });
    }
    for (const { status, currency } of profile.orders) {
      rows.add('customer_order', { ...place, order_key: this.key(), placed_at: iso(0), status, items: 1, amount: 1, net: 1, currency });
    }
    for (const { status, reopens } of profile.conversations)
      rows.add('conversation', { ...place, ...A_CONVERSATION, conversation_key: this.key(), status, reopens });
    for (const { resolvedAtMs } of profile.friction) {
      const resolved_at = resolvedAtMs === null ? null : iso(resolvedAtMs);
      rows.add('friction_signal', {
        ...place,
        signal_key: this.key(),
        kind: 'LONG_WAIT',
        severity: 'HIGH',
        detected_at: iso(0),
        resolved_at,
        message: '',
        evidence: [],
      });
    }
    return profileId;
  }

  private identifier(identifier: ToldIdentifier, profileId: string, accountIds: readonly string[], rows: TableRows): void {
    const identifier_id = ++this.number;
    const { type, seenAtMs, said, events, consents, accounts } = identifier;
    rows.add('identifier', {
      identifier_id,
      profile_id: profileId,
      home_profile_id: profileId,
      first_seen_at: iso(seenAtMs[0]),
      last_seen_at: iso(seenAtMs[1]),
      interactions: 1,
      source_id: 1,
      stronger_links: 0,
      verified: false,
      type,
      value: this.key(),
    });
    if (said.length > 0) {
      const states = said.map(({ sourceId, atMs, traits }) => traitStateOf(traits, { sourceId, atMs, messageId: this.key() }));
      rows.add('trait_state', { identifier_id }, { traits: encodeTraitState(combineTraitStates(states)) });
    }
    for (const { kind, name, atMs, properties } of events)
      rows.add('interaction', { ...anInteraction(identifier_id, atMs, this.key()), kind: KIND_CODES[kind], name }, { properties });
    for (const [purpose, granted] of Object.entries(consents))
      rows.add('consent', { identifier_id, purpose, granted, at: iso(0), message_id: '', source_id: 1 });
    for (const account of new Set(accounts)) {
      if (accountIds[account])
        rows.add('account_member', { identifier_id, account_id: accountIds[account], first_seen_at: iso(0), last_seen_at: iso(0) });
    }
  }

  private key(): string {
    return `k${String(++this.number).padStart(7, '0')}`;
  }
}

/** Rows as JSON texts, so that JSON columns get the very text that is given. */
class TableRows {
  readonly tables = new Map<string, string[]>();

  constructor(private readonly workspaceId: number) {}

  /** `json`: columns of type json, as texts. */
  add(table: string, row: Record<string, Json>, json: Readonly<Record<string, string | null>> = {}): void {
    const rows = this.tables.get(table) ?? [];
    this.tables.set(table, rows);
    const raw = Object.entries(json).map(([column, text]) => `,"${column}":${text ?? 'null'}`);
    rows.push(`${JSON.stringify({ workspace_id: this.workspaceId, ...row }).slice(0, -1)}${raw.join('')}}`);
  }
}

function iso(atMs: number): string {
  return new Date(atMs).toISOString();
}

function anInteraction(identifier_id: number, atMs: number, message_id: string): Record<string, Json> {
  const at = iso(atMs);
  return {
    interaction_id: randomUUID(),
    identifier_id,
    occurred_at: at,
    received_at: at,
    source_id: 1,
    department: 0,
    channel: 0,
    direction: 0,
    message_id,
    in_chunk: true,
  };
}

const A_CONVERSATION = {
  opened_at: iso(0),
  reopened_at: [],
  company_replies: 0,
  was_solved: false,
  is_one_touch: false,
  is_repeat_contact: false,
  is_inbound_call: false,
  is_abandoned_call: false,
};
