import type { ApiLimits } from '../../../src/app/api/apiLimits';
import { identifierId } from '../../../src/identity/identifierId';
import { newUuidV7 } from '../../../src/kernel/uuid';
import { announceChanges } from '../../../src/storage/statements/announceChanges';
import { ApiUnderTest } from '../apiUnderTest';
import { type BuiltInteraction, WorkspaceBuilder } from '../workspaceBuilder';

export interface Somebody {
  readonly profileId: string;
  readonly publicId: string;
  readonly email: string;
}

/** A workspace in which things happen, as workers write them, and the API that tells of them. */
export class LiveWorld {
  private constructor(
    readonly api: ApiUnderTest,
    readonly workspace: WorkspaceBuilder,
  ) {}

  static async start(limits: Partial<ApiLimits> = {}): Promise<LiveWorld> {
    const api = await ApiUnderTest.start({ limits });
    return new LiveWorld(api, await WorkspaceBuilder.create(api.database.owner, 'Live'));
  }

  async somebody(name: string): Promise<Somebody> {
    const email = `${name}@example.com`;
    const profileId = await this.workspace.profile({ identifiers: [{ type: 'email', value: email }], traits: { name } });
    return { profileId, email, publicId: `prf_${profileId.replaceAll('-', '')}` };
  }

  /** What a batch does: interactions and the note of them in one transaction; `announced`: the follower has followed it. */
  async batch(whose: Somebody, interactions: readonly Partial<BuiltInteraction>[], { announced = true } = {}): Promise<string[]> {
    const ids: string[] = [];
    const client = await this.api.database.owner.connect();
    try {
      await client.query('begin');
      const inTransaction = Object.create(this.workspace, { owner: { value: client } }) as WorkspaceBuilder;
      const owner = String(identifierId('email', whose.email));
      for (const built of interactions) ids.push(await inTransaction.interaction(owner, { atMs: Date.now(), ...built }));
      await client.query(`insert into change_note (workspace_id, at, profile_ids, due_ids) values ($1, now(), $2, '{}')`, [
        this.workspaceId,
        [whose.profileId],
      ]);
      await client.query('commit');
    } finally {
      client.release();
    }
    if (announced) await this.announce();
    return ids;
  }

  /** As many interactions, named by their numbers from `first` on. */
  async flood(
    whose: Somebody,
    { first, count, text }: { readonly first: number; readonly count: number; readonly text: string },
  ): Promise<void> {
    const { owner } = this.api.database;
    await owner.query(
      `with noted as (
         insert into change_note (workspace_id, at, profile_ids, due_ids) values ($1, now(), array[$2::uuid], '{}')
       )
       insert into interaction (workspace_id, interaction_id, identifier_id, occurred_at, received_at, source_id, kind, department, channel, direction, name,
         message_id, properties)
       select $1, gen_random_uuid(), $3, now(), now() + n * interval '1 ms', 1, 0, 0, 0, 0, ($4 + n)::text, gen_random_uuid()::text, json_build_object('text', $5::text)
       from generate_series(0, $6 - 1) as n`,
      [this.workspaceId, whose.profileId, String(identifierId('email', whose.email)), first, text, count],
    );
    await this.announce();
  }

  /** Answers the change's id. */
  async change(
    type: string,
    whose: Somebody,
    { segmentId = null, data = {} }: { segmentId?: string | null; data?: object } = {},
  ): Promise<string> {
    const changeId = newUuidV7(Date.now());
    await this.api.database.owner.query(
      `insert into change (workspace_id, change_id, type, profile_id, at, segment_id, data) values ($1, $2, $3, $4, now(), $5, $6)`,
      [this.workspaceId, changeId, type, whose.profileId, segmentId, JSON.stringify(data)],
    );
    return changeId;
  }

  announce(): Promise<void> {
    return announceChanges(this.api.database.app, this.workspaceId);
  }

  get workspaceId(): number {
    return this.workspace.workspaceId;
  }
}
