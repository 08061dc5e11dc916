import { Float, Int, ObjectType } from 'type-graphql';
import type { ProfileExperience, SurveyScore } from '../../measures/profileExperience';
import { PlainField } from '../plainField';
import { DateTimeScalar } from '../scalars';

@ObjectType('SurveyScore', { description: 'Of valid answers on the scale of the survey.' })
export class SurveyScoreType {
  @PlainField(() => Float, { description: 'As answered: NPS 0 to 10, CSAT and CES on the scale of the answer.' })
  declare readonly latest: number;

  @PlainField(() => Float, { description: 'Mean of the answers on the scale of the latest one; other scales are not mixed in.' })
  declare readonly average: number;

  @PlainField(() => Int)
  declare readonly responses: number;

  @PlainField(() => DateTimeScalar, { description: 'Of the latest answer.' })
  declare readonly answeredAt: number;
}

@ObjectType('HealthPart')
export class HealthPartType {
  @PlainField(() => String)
  declare readonly name: string;

  @PlainField(() => Float, { description: '0 to 100' })
  declare readonly score: number;

  @PlainField(() => Float, { description: 'As configured; the health score is the mean of the parts that exist, by these weights.' })
  declare readonly weight: number;
}

@ObjectType('ProfileExperience', { description: "Measured from the customer's own interactions, as of now or of the time asked for." })
export class ProfileExperienceType {
  @PlainField(() => SurveyScoreType, { nullable: true })
  declare readonly nps: SurveyScoreType | null;

  @PlainField(() => SurveyScoreType, { nullable: true })
  declare readonly csat: SurveyScoreType | null;

  @PlainField(() => SurveyScoreType, { nullable: true, description: 'Of CES 2.0.' })
  declare readonly ces: SurveyScoreType | null;

  @PlainField(() => Float, { nullable: true, description: '0 to 100; each part with its weight.' })
  declare readonly healthScore: number | null;

  @PlainField(() => [HealthPartType])
  declare readonly healthParts: readonly HealthPartType[];

  @PlainField(() => Float, { nullable: true })
  declare readonly medianFirstReplyMinutes: number | null;

  @PlainField(() => Float, { nullable: true, description: 'From the opening to the last time solved, in calendar time.' })
  declare readonly medianResolutionMinutes: number | null;

  @PlainField(() => Int)
  declare readonly reopens: number;

  @PlainField(() => Int)
  declare readonly openConversations: number;

  @PlainField(() => Float, {
    nullable: true,
    description: "-1 to 1, of the customer's own words in languages that can be judged; null where there are none.",
  })
  declare readonly averageSentiment: number | null;
}

export function profileExperienceOf(experience: ProfileExperience): ProfileExperienceType {
  const { nps, csat, ces } = experience;
  return { ...experience, nps: surveyScoreOf(nps), csat: surveyScoreOf(csat), ces: surveyScoreOf(ces) };
}

function surveyScoreOf(score: SurveyScore | null): SurveyScoreType | null {
  return score && { latest: score.latest, average: score.average, responses: score.responses, answeredAt: score.answeredAtMs };
}
