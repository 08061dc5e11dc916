import { randomUUID } from 'node:crypto';
import { changeMatchSettings } from '../../../src/app/matching/changeMatchSettings';
import { joinByMatch } from '../../../src/app/matching/decideMatch';
import { Matching } from '../../../src/app/matching/matching';
import { ModelTraining, type Train } from '../../../src/app/matching/modelTraining';
import { newUuidV7 } from '../../../src/kernel/uuid';
import { createWorld, type World } from '../processing/world';

export interface CandidateFacts {
  readonly candidate_id: string;
  readonly probability: number;
  readonly status: string;
  readonly comparisons: readonly { field: string; left: string | null; right: string | null; level: string; matchWeight: number }[];
}

/** A workspace whose profiles are compared. */
export class MatchingWorld {
  readonly lane;
  readonly matching: Matching;
  readonly training: ModelTraining;
  private messages = 0;

  private constructor(
    readonly world: World,
    train: Train,
  ) {
    const options = { pool: world.pool, clock: Date.now, newId: () => newUuidV7(Date.now()) };
    const onError = (error: Error) => {
      throw error;
    };
    this.lane = world.newLane();
    this.training = new ModelTraining({ ...options, train, onError });
    this.matching = new Matching({ ...options, training: this.training, join: (id, candidateId) => joinByMatch(options, id, candidateId) });
  }

  static async create(
    settings: { readonly reviewFrom: number | null; readonly joinFrom: number | null },
    train: Train = () => Promise.reject(new Error('Nothing is trained here.')),
  ): Promise<MatchingWorld> {
    const matched = new MatchingWorld(await createWorld(), train);
    await matched.drain();
    await matched.set(settings);
    return matched;
  }

  set(settings: { readonly reviewFrom: number | null; readonly joinFrom: number | null }): Promise<unknown> {
    return changeMatchSettings(this.world.pool, 1, settings, { actor: 'a test', auditId: randomUUID(), atMs: Date.now() });
  }

  /** One identify message of each of these visitors, or users where the name begins with u. */
  async people(traits: Readonly<Record<string, object>>, sourceId = 1): Promise<void> {
    const messages = Object.entries(traits).map(([name, said]) => ({
      type: 'identify',
      messageId: `m${this.messages++}`,
      ...(name.startsWith('u') ? { userId: name } : { anonymousId: name }),
      timestamp: new Date(Date.UTC(2026, 4, 1) + this.messages * 1000).toISOString(),
      traits: said,
    }));
    await this.world.send(messages, sourceId);
  }

  /** Messages, and all comparisons that follow from them. */
  async drain(): Promise<void> {
    await this.world.drain(this.lane);
    while (!(await this.matching.step(1)));
    await this.world.drain(this.lane);
  }

  candidates(): Promise<CandidateFacts[]> {
    return this.world.query(
      'select candidate_id, probability, status, comparisons from match_candidate order by weight desc, candidate_id',
    );
  }

  async only(): Promise<CandidateFacts> {
    const [candidate, ...others] = await this.candidates();
    if (!candidate || others.length > 0) throw new Error('There is not one candidate.');
    return candidate;
  }

  async profileOf(name: string): Promise<string | undefined> {
    const rows = await this.world.query<{ profile_id: string }>(
      `select profile_id from identifier where type in ('user_id', 'anonymous_id') and value = $1`,
      [name],
    );
    return rows[0]?.profile_id;
  }

  /** Whether both are one profile. */
  async areOne(name: string, other: string): Promise<boolean> {
    return (await this.profileOf(name)) === (await this.profileOf(other));
  }
}

const HOME = { phone: '+442071234567', address: { street: '12 Analytical Lane', city: 'London', postalCode: 'W1A 1AA' } };

/** The same person twice, with a slip and another address of mail. */
export const ADA = { firstName: 'Ada', lastName: 'Lovelace', birthday: '1985-12-10', email: 'ada@example.com', address: HOME.address };
export const ADA_AGAIN = { ...ADA, firstName: 'Ada', lastName: 'Lovelase', email: 'al1815@mail.test' };
/** Who lives with her. */
export const WILLIAM = {
  firstName: 'William',
  lastName: 'Lovelace',
  birthday: '1981-02-21',
  email: 'william@example.com',
  address: HOME.address,
};
/** All that a household shares, and nothing that tells its members apart but the given name. */
export const householdMember = (firstName: string) => ({ firstName, lastName: 'Byron', landline: HOME.phone, address: HOME.address });
