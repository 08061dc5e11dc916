import { DEPARTMENTS, type Department } from '../kernel/vocabulary';
import { type Conversation, conversationSubject } from './conversation';
import type { Fact } from './fact';
import { onHundred, type Scale, statedScale } from './scale';
import { statedNumber } from './statedProperty';
import { answerOnHundred, judgedDepartment, type SurveyAnswer, statedDepartment } from './surveyAnswer';

/** One score of one department on 0–100, by the company itself or by a customer. */
export interface Perception {
  readonly department: Department;
  readonly by: 'COMPANY' | 'CUSTOMER';
  readonly score: number;
  readonly atMs: number;
}

export interface PerceptionGap {
  readonly department: Department;
  /** Mean of what the company says of itself; null where it says nothing. */
  readonly internal: number | null;
  readonly customers: number | null;
  /** internal − customers: above 0 the company thinks better of itself than customers do. Null unless both are there. */
  readonly gap: number | null;
}

/** Employees are asked 0 to 10 where no scale is stated. */
const EMPLOYEE_SCALE: Scale = { min: 0, max: 10 };

/** What one customer's timeline holds: scores in employee feedback, internal ratings of conversations, and the customer's own valid answers. */
export function perceptionsOf(
  facts: readonly Fact[],
  conversations: readonly Conversation[],
  answers: readonly SurveyAnswer[],
): readonly Perception[] {
  return [
    ...facts.flatMap((fact) => employeePerception(fact) ?? []),
    ...conversations.flatMap(({ department, internalRating, lastSolvedAtMs, openedAtMs }): Perception[] =>
      internalRating === null ? [] : [{ department, by: 'COMPANY', score: internalRating, atMs: lastSolvedAtMs ?? openedAtMs }],
    ),
    ...answers.flatMap((answer) => customerPerception(answer) ?? []),
  ];
}

function employeePerception(fact: Fact): Perception | null {
  if (fact.kind !== 'EMPLOYEE_FEEDBACK_GIVEN') return null;
  const given = statedNumber(fact.properties, 'score', 'rating');
  const score = given === null ? null : onHundred(given, statedScale(fact.properties, EMPLOYEE_SCALE));
  if (score === null) return null;
  const department = statedDepartment(fact) ?? (conversationSubject(fact) ? 'SUPPORT' : fact.department);
  return { department, by: 'COMPANY', score, atMs: fact.occurredAtMs };
}

function customerPerception(answer: SurveyAnswer): Perception | null {
  const department = judgedDepartment(answer);
  const score = answerOnHundred(answer);
  return department === null || score === null ? null : { department, by: 'CUSTOMER', score, atMs: answer.fact.occurredAtMs };
}

/** One for each department of which anything was said, in the order of DEPARTMENTS. Each score weighs the same. */
export function perceptionGaps(perceptions: readonly Perception[]): readonly PerceptionGap[] {
  return DEPARTMENTS.flatMap((department) => {
    const about = perceptions.filter((perception) => perception.department === department);
    return about.length === 0 ? [] : [perceptionGap(department, meanBy(about, 'COMPANY'), meanBy(about, 'CUSTOMER'))];
  });
}

export function perceptionGap(department: Department, internal: number | null, customers: number | null): PerceptionGap {
  return { department, internal, customers, gap: internal === null || customers === null ? null : internal - customers };
}

function meanBy(perceptions: readonly Perception[], by: Perception['by']): number | null {
  const scores = perceptions.filter((perception) => perception.by === by).map(({ score }) => score);
  return scores.length === 0 ? null : scores.reduce((sum, score) => sum + score, 0) / scores.length;
}
