import { createHash, randomUUID } from 'node:crypto';
import type pg from 'pg';
import { identifierId } from '../../src/identity/identifierId';
import {
  CHANNELS,
  type Channel,
  DEPARTMENTS,
  DIRECTIONS,
  type Direction,
  INTERACTION_KINDS,
  type InteractionKind,
  SCOPES,
} from '../../src/kernel/vocabulary';
import { accountId } from '../../src/profile/account';
import { encodeTraitState, traitStateOf } from '../../src/profile/traitState';

export interface BuiltIdentifier {
  readonly type: string;
  readonly value: string;
}

export interface BuiltInteraction {
  readonly atMs: number;
  readonly kind?: InteractionKind;
  readonly department?: (typeof DEPARTMENTS)[number];
  readonly channel?: Channel;
  readonly direction?: Direction;
  readonly name?: string;
  /** Such as `ticket 3042`. */
  readonly subject?: string;
  readonly properties?: object;
  readonly context?: object;
}

export interface BuiltProfile {
  readonly identifiers: readonly BuiltIdentifier[];
  /** Of the first identifier. */
  readonly traits?: Record<string, unknown>;
  /** Owned by the first identifier, or by the one at `owner`. */
  readonly interactions?: readonly (BuiltInteraction & { readonly owner?: number })[];
  readonly mergedInto?: string;
  readonly account?: string;
}

export const NOON_MS = Date.UTC(2026, 0, 15, 12);

/** Writes the rows of one workspace directly, as the worker would leave them behind. */
export class WorkspaceBuilder {
  private deadLetters = 0;

  private constructor(
    private readonly owner: pg.Pool,
    readonly workspaceId: number,
  ) {}

  static async create(owner: pg.Pool, name: string, settings: object = {}): Promise<WorkspaceBuilder> {
    const { rows } = await owner.query(`insert into workspace (name, settings, created_at) values ($1, $2, now()) returning workspace_id`, [
      name,
      settings,
    ]);
    const built = new WorkspaceBuilder(owner, rows[0].workspace_id);
    await built.source('Website', 'MARKETING');
    await owner.query(`insert into lane (workspace_id, updated_at) values ($1, now())`, [built.workspaceId]);
    return built;
  }

  async source(name: string, department: (typeof DEPARTMENTS)[number]): Promise<string> {
    const key = `write-${randomUUID()}`;
    const { rows } = await this.owner.query(
      `insert into source (workspace_id, source_id, name, type, department, created_at)
       select $1, coalesce(max(s.source_id), 0) + 1, $2, 'segment', $3, now() from source s where s.workspace_id = $1 returning source_id`,
      [this.workspaceId, name, DEPARTMENTS.indexOf(department)],
    );
    await this.credential(key, rows[0].source_id, []);
    return key;
  }

  /** An API key with these scopes; all of them where none are named. */
  async apiKey(...scopes: string[]): Promise<string> {
    const key = `api-${randomUUID()}`;
    await this.credential(key, null, scopes.length > 0 ? scopes : SCOPES);
    return key;
  }

  private async credential(key: string, sourceId: number | null, scopes: readonly string[]): Promise<void> {
    await this.owner.query(
      `insert into credential (key_hash, workspace_id, credential_id, source_id, name, scopes, created_at) values ($1, $2, $3, $4, 'test', $5, now())`,
      [createHash('sha256').update(key).digest(), this.workspaceId, randomUUID(), sourceId, scopes],
    );
  }

  /** Answers the profile's UUID. */
  async profile(built: BuiltProfile): Promise<string> {
    const profileId = randomUUID();
    await this.owner.query(
      `insert into profile (workspace_id, profile_id, merged_into, contested, identifier_count, type_counts, first_seen_at, created_at)
       values ($1, $2, $3, false, $4, $5, $6, now())`,
      [this.workspaceId, profileId, built.mergedInto ?? null, built.identifiers.length, typeCountsOf(built), new Date(NOON_MS)],
    );
    for (const [index, identifier] of built.identifiers.entries()) await this.identifier(profileId, identifier, built, index);
    const first = built.identifiers[0];
    if (first && built.traits) await this.traits(first, built.traits);
    if (first && built.account) await this.account(first, built.account);
    return profileId;
  }

  private async identifier(profileId: string, identifier: BuiltIdentifier, built: BuiltProfile, index: number): Promise<void> {
    const id = String(identifierId(identifier.type, identifier.value));
    const interactions = (built.interactions ?? []).filter((interaction) => (interaction.owner ?? 0) === index);
    const times = interactions.length > 0 ? interactions.map(({ atMs }) => atMs) : [NOON_MS];
    await this.owner.query(
      `insert into identifier (workspace_id, identifier_id, profile_id, first_seen_at, last_seen_at, interactions, source_id, stronger_links, verified, type, value)
       values ($1, $2, $3, $4, $5, $6, 1, 0, false, $7, $8)`,
      [
        this.workspaceId,
        id,
        profileId,
        new Date(Math.min(...times)),
        new Date(Math.max(...times)),
        interactions.length,
        identifier.type,
        identifier.value,
      ],
    );
    await this.term(id, 'identifier', identifier.value.toLowerCase());
    for (const interaction of interactions) await this.interaction(id, interaction);
  }

  private term(id: string, field: string, term: string): Promise<unknown> {
    return this.owner.query(`insert into search_term (workspace_id, identifier_id, field, term) values ($1, $2, $3, $4)`, [
      this.workspaceId,
      id,
      field,
      term,
    ]);
  }

  /** Answers its UUID. */
  async interaction(identifierIdText: string, built: BuiltInteraction): Promise<string> {
    const interactionId = randomUUID();
    await this.owner.query(
      `insert into interaction (workspace_id, interaction_id, identifier_id, occurred_at, received_at, source_id, kind, department, channel, direction, name, message_id, properties,
         subject_type, subject_id, context)
       values ($1, $2, $3, $4, $4, 1, $5, $6, $10, $11, $7, $8, $9, $12, $13, $14)`,
      [
        this.workspaceId,
        interactionId,
        identifierIdText,
        new Date(built.atMs),
        INTERACTION_KINDS.indexOf(built.kind ?? 'CUSTOM'),
        DEPARTMENTS.indexOf(built.department ?? 'PRODUCT'),
        built.name ?? 'Something Happened',
        interactionId,
        built.properties ? JSON.stringify(built.properties) : null,
        CHANNELS.indexOf(built.channel ?? 'WEB'),
        DIRECTIONS.indexOf(built.direction ?? 'INBOUND'),
        built.subject?.split(' ')[0] ?? null,
        built.subject?.split(' ')[1] ?? null,
        built.context ? JSON.stringify(built.context) : null,
      ],
    );
    return interactionId;
  }

  async traits(
    identifier: BuiltIdentifier,
    traits: Record<string, unknown>,
    said: { atMs?: number; messageId?: string } = {},
  ): Promise<void> {
    const state = traitStateOf(traits as never, { sourceId: 1, atMs: said.atMs ?? NOON_MS, messageId: said.messageId ?? 'm1' });
    const id = String(identifierId(identifier.type, identifier.value));
    await this.owner.query(`insert into trait_state (workspace_id, identifier_id, traits) values ($1, $2, $3)`, [
      this.workspaceId,
      id,
      encodeTraitState(state),
    ]);
    if (typeof traits['name'] === 'string') await this.term(id, 'name', traits['name'].toLowerCase());
  }

  private async account(member: BuiltIdentifier, externalId: string): Promise<void> {
    const state = traitStateOf({ name: 'Analytical Engines', employees: 12 }, { sourceId: 1, atMs: NOON_MS, messageId: 'g1' });
    await this.owner.query(
      `insert into account (workspace_id, account_id, external_id, traits, first_seen_at, last_seen_at) values ($1, $2, $3, $4, now(), now())
       on conflict do nothing`,
      [this.workspaceId, accountId(externalId), externalId, encodeTraitState(state)],
    );
    await this.owner.query(
      `insert into account_member (workspace_id, identifier_id, account_id, first_seen_at, last_seen_at) values ($1, $2, $3, now(), now())`,
      [this.workspaceId, String(identifierId(member.type, member.value)), accountId(externalId)],
    );
  }

  async link(left: BuiltIdentifier, right: BuiltIdentifier, seen: { fromMs: number; toMs: number; evidence: string }): Promise<void> {
    const ids = [left, right].map(({ type, value }) => identifierId(type, value)).sort((a, b) => (a < b ? -1 : 1));
    await this.owner.query(
      `insert into link (workspace_id, low_id, high_id, first_seen_at, last_seen_at, first_interaction_id, last_interaction_id, alias)
       values ($1, $2, $3, $4, $5, $6, $6, false)`,
      [this.workspaceId, String(ids[0]), String(ids[1]), new Date(seen.fromMs), new Date(seen.toMs), seen.evidence],
    );
  }

  async merge(survivorId: string, absorbedId: string): Promise<void> {
    await this.owner.query(
      `insert into profile_merge (workspace_id, merge_id, merged_at, rule, actor, survivor_id, absorbed_id, absorbed_identifier_ids, evidence)
       values ($1, $2, now(), 'email', 'system', $3, $4, '{}', '{}')`,
      [this.workspaceId, randomUUID(), survivorId, absorbedId],
    );
  }

  /** Each a millisecond later than the one before. Answers its UUID. */
  async deadLetter(code: string, message: object): Promise<string> {
    const id = randomUUID();
    await this.owner.query(
      `insert into dead_letter (workspace_id, dead_letter_id, at, code, reason, source_id, message) values ($1, $2, $5, $3, 'Because.', 1, $4)`,
      [this.workspaceId, id, code, JSON.stringify(message), new Date(NOON_MS + this.deadLetters++)],
    );
    return id;
  }

  /** A request that waits to be processed; answers its position. */
  async waiting(): Promise<string> {
    const { rows } = await this.owner.query(
      `insert into inbox (workspace_id, source_id, received_at, message_count, body) values ($1, 1, now(), 1, '{}') returning position`,
      [this.workspaceId],
    );
    return rows[0].position;
  }

  async processed(position: string): Promise<void> {
    await this.owner.query('delete from inbox i where i.workspace_id = $1 and i.position = $2', [this.workspaceId, position]);
  }
}

function typeCountsOf({ identifiers }: BuiltProfile): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { type } of identifiers) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
}
