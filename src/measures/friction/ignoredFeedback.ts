import type { Fact } from '../fact';
import type { SurveyAnswer } from '../surveyAnswer';
import { isComplaint } from './complaint';
import { isByAgent } from './conversationCourse';
import type { FrictionSettings } from './frictionSettings';
import type { FrictionHistory } from './history';
import type { Sign } from './sign';

const DETRACTOR_TO = 6;

/** A detractor's answer, a low CSAT or a complaint that the company does not reply to in time. Over with its next word to the customer. */
export function ignoredFeedback(history: FrictionHistory): Sign[] {
  const { facts, answers, settings } = history;
  const bad = new Map<string, readonly [fact: Fact, named: string]>();
  for (const answer of answers) {
    const named = badAnswer(answer, settings);
    if (named) bad.set(answer.fact.interactionId, [answer.fact, named]);
  }
  for (const fact of facts) {
    if (!bad.has(fact.interactionId) && isComplaint(fact, history)) bad.set(fact.interactionId, [fact, 'A complaint']);
  }
  const replies = facts.filter(isReply);
  return [...bad.values()].flatMap(([fact, named]) => {
    const deadlineMs = history.afterBusinessMinutes(fact.occurredAtMs, settings.feedbackReplyBusinessMinutes, fact.channel);
    const reply = replies.find((candidate) => candidate.occurredAtMs > fact.occurredAtMs);
    if (deadlineMs === null || (reply && reply.occurredAtMs <= deadlineMs)) return [];
    return [
      {
        kind: 'IGNORED_FEEDBACK' as const,
        about: fact,
        evidence: reply ? [fact, reply] : [fact],
        severity: 'HIGH' as const,
        detectedAtMs: deadlineMs,
        endsAtMs: reply?.occurredAtMs ?? null,
        message: `${named} had no reply in time`,
      },
    ];
  });
}

function badAnswer({ survey, score, scaleMin, scaleMax, isValid }: SurveyAnswer, settings: FrictionSettings): string | null {
  if (!isValid) return null;
  if (survey === 'nps') return score <= DETRACTOR_TO ? `An NPS answer of ${score}` : null;
  if (survey !== 'csat' || scaleMax <= scaleMin) return null;
  return (score - scaleMin) / (scaleMax - scaleMin) <= settings.lowCsatShare ? `A CSAT answer of ${score} of ${scaleMax}` : null;
}

/** A word of a person to the customer: in a conversation, by telephone, or a message of another department than marketing. */
function isReply(fact: Fact): boolean {
  if (isByAgent(fact)) return true;
  if (fact.direction !== 'OUTBOUND') return false;
  const isCall = fact.kind === 'CALL_STARTED' || fact.kind === 'CALL_ENDED';
  return isCall || ((fact.kind === 'EMAIL_SENT' || fact.kind === 'MESSAGE_SENT') && fact.department !== 'MARKETING');
}
