import { randomUUID } from 'node:crypto';
import { LaneDecisionDesk } from '../../../src/app/decisions/decisionDesk';
import { Evaluating, type EvaluatingOptions } from '../../../src/app/experience/evaluating';
import { readVaderLexicon } from '../../../src/app/sentiment/readVaderLexicon';
import { newUuidV7 } from '../../../src/kernel/uuid';
import { restartExperienceProgress } from '../../../src/storage/statements/loadExperienceWork';
import { inWorkspace } from '../../../src/storage/workspaceTransaction';
import { textSentiment } from '../../../src/timeline/sentiment/textSentiment';
import { createWorld, RECEIVED_AT_MS, type World } from '../processing/world';

/** Everything that evaluation tells of profiles. */
export const TOLD_TABLES = [
  'conversation',
  'survey_answer',
  'perception',
  'influence_case',
  'customer_order',
  'subscription',
  'friction_signal',
  'customer',
];

const MINUTE_MS = 60_000;

/** A workspace whose messages are processed and whose profiles are evaluated by a clock that stands until it is set. */
export class ExperienceWorld {
  nowMs = RECEIVED_AT_MS;
  readonly options: EvaluatingOptions;
  readonly evaluating: Evaluating;
  readonly desk: LaneDecisionDesk;
  readonly lane;

  private constructor(readonly world: World) {
    const clock = () => this.nowMs;
    this.lane = world.newLane({ clock });
    this.options = { pool: world.pool, clock, newId: () => newUuidV7(this.nowMs), sentimentOf: textSentiment(readVaderLexicon()) };
    this.evaluating = new Evaluating(this.options);
    this.desk = new LaneDecisionDesk({ pool: world.pool, clock, newId: () => newUuidV7(Date.now()) });
  }

  static async create(): Promise<ExperienceWorld> {
    return new ExperienceWorld(await createWorld());
  }

  close(): Promise<void> {
    return this.world.close();
  }

  /** Messages, processed. */
  async hear(...messages: object[]): Promise<void> {
    await this.world.send(messages);
    await this.world.drain(this.lane);
  }

  /** Everything that is due by now. */
  async evaluate(): Promise<void> {
    while (!(await this.evaluating.step(1)));
  }

  /** Takes all away that is told, and tells it from the facts. */
  async evaluateFromNothing(): Promise<void> {
    for (const table of TOLD_TABLES) await this.world.query(`delete from ${table}`);
    await this.world.query('delete from experience_due');
    await inWorkspace(this.world.pool, 1, 'changes', (client) => restartExperienceProgress(client, 1));
    await this.evaluate();
  }

  /** All that is told, in an order that says nothing of how it came about. */
  async told(): Promise<Record<string, object[]>> {
    const tables = await Promise.all(
      TOLD_TABLES.map(async (table) => {
        const rows = await this.world.query<{ row: object }>(`select to_jsonb(t) as row from ${table} t order by to_jsonb(t)::text`);
        return [table, rows.map(({ row }) => row)] as const;
      }),
    );
    return Object.fromEntries(tables);
  }

  /** Who is to be evaluated, and when. */
  due(): Promise<{ profile_id: string; due_at: Date }[]> {
    return this.world.query('select profile_id, due_at from experience_due order by due_at, profile_id');
  }

  profileIds(): Promise<{ profile_id: string }[]> {
    return this.world.query('select profile_id from profile where merged_into is null order by first_seen_at, profile_id');
  }

  async profileOf(userId: string): Promise<string> {
    const [row] = await this.world.query<{ profile_id: string }>(
      `select profile_id from identifier where type = 'user_id' and value = $1`,
      [userId],
    );
    if (!row) throw new Error(`There is no ${userId}.`);
    return row.profile_id;
  }

  author() {
    return { actor: 'a test', auditId: randomUUID(), atMs: this.nowMs };
  }

  merge(...profileIds: string[]) {
    return this.desk.mergeProfiles(1, { profileIds, survivorId: null, reason: null }, this.author());
  }
}

let messages = 0;

/** An event of a user, so many minutes before the world's beginning; its number is unique. */
export function anEvent(userId: string, event: string, minutesBefore: number, properties: object = {}): object {
  return {
    type: 'track',
    userId,
    event,
    messageId: `m${messages++}`,
    timestamp: new Date(RECEIVED_AT_MS - minutesBefore * MINUTE_MS).toISOString(),
    properties,
  };
}
