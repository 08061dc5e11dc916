import type { ClientBase } from 'pg';
import type { Evaluation } from '../measures/evaluation';
import { type FinishedProfile, finishExperienceDue } from './statements/finishExperienceDue';
import { replaceConversations } from './statements/replaceConversations';
import { replaceCustomers } from './statements/replaceCustomers';
import { replaceFrictionSignals } from './statements/replaceFrictionSignals';
import { replaceInfluenceCases } from './statements/replaceInfluenceCases';
import { replaceOrders } from './statements/replaceOrders';
import { replacePerceptions } from './statements/replacePerceptions';
import type { OfProfile } from './statements/replaceRows';
import { replaceSubscriptions } from './statements/replaceSubscriptions';
import { replaceSurveyAnswers } from './statements/replaceSurveyAnswers';
import { send } from './statements/statement';

export interface EvaluatedProfile extends FinishedProfile {
  /** Null of a profile that is retired or has no facts: nothing is told of it. */
  readonly evaluation: Evaluation | null;
}

/**
 * Makes all that is told of these profiles be this, and marks them as done. To be sent in the transaction that has taken the workspace's progress of
 * evaluation and read the profiles' facts. The number of statements does not depend on how many profiles there are.
 */
export async function writeExperience(client: ClientBase, workspaceId: number, profiles: readonly EvaluatedProfile[]): Promise<void> {
  const told = <Row>(rowsOf: (evaluation: Evaluation) => readonly Row[]): OfProfile<Row>[] =>
    profiles.map(({ profileId, evaluation }) => ({ profileId, rows: evaluation ? rowsOf(evaluation) : [] }));
  const calls = [
    replaceConversations(
      workspaceId,
      told(({ conversations }) => conversations),
    ),
    replaceSurveyAnswers(
      workspaceId,
      told(({ answers }) => answers),
    ),
    replacePerceptions(
      workspaceId,
      told(({ perceptions }) => perceptions.map((perception, ordinal) => ({ ...perception, ordinal }))),
    ),
    replaceInfluenceCases(
      workspaceId,
      told(({ influence }) => influence),
    ),
    replaceOrders(
      workspaceId,
      told(({ orders }) => orders),
    ),
    replaceSubscriptions(
      workspaceId,
      told(({ subscriptions }) => subscriptions),
    ),
    replaceFrictionSignals(
      workspaceId,
      told(({ signals }) => signals),
    ),
    replaceCustomers(
      workspaceId,
      told(({ standing }) => [standing]),
    ),
    finishExperienceDue(workspaceId, profiles),
  ];
  await Promise.all(calls.map((call) => send(client, call.statement, call.values)));
}
