import { conversationsOf } from '../../src/measures/conversation';
import type { Fact } from '../../src/measures/fact';
import { preferredChannel } from '../../src/measures/preferredChannel';
import { profileExperience, surveyScore } from '../../src/measures/profileExperience';
import { USUAL_SETTINGS } from '../../src/measures/settings';
import { surveyAnswersOf } from '../../src/measures/surveyAnswer';
import { aFact, answersTo, HOUR_MS, MINUTE_MS, onChannel, ticket } from './conversationFacts';

/** −1 of "bad", 1 of "good", else nothing. */
const sentimentOf = (text: string) => ({ bad: -1, good: 1 })[text] ?? null;

function experience(...facts: readonly Fact[]) {
  const signs = { facts, conversations: conversationsOf(facts), answers: surveyAnswersOf(facts), usage: null, lastSeenAtMs: null };
  return profileExperience(signs, USUAL_SETTINGS, sentimentOf, 100 * HOUR_MS);
}

describe('the experience of a customer', () => {
  it('is nothing but zeros and nulls where nothing happened', () => {
    expect(experience()).toEqual({
      nps: null,
      csat: null,
      ces: null,
      healthScore: null,
      healthParts: [],
      medianFirstReplyMinutes: null,
      medianResolutionMinutes: null,
      reopens: 0,
      openConversations: 0,
      averageSentiment: null,
    });
  });

  it('tells how long things took, what was opened again, and what is open', () => {
    const other = { ticket_id: '2' };
    const told = experience(
      ticket.opened(0),
      ticket.agent(10 * MINUTE_MS),
      ticket.solved(20 * MINUTE_MS),
      ticket.customer(30 * MINUTE_MS),
      ticket.solved(40 * MINUTE_MS),
      aFact('CONVERSATION_OPENED', 0, other),
      aFact('CONVERSATION_REPLIED', 30 * MINUTE_MS, { ...other, author_role: 'agent' }),
    );
    expect(told).toMatchObject({ medianFirstReplyMinutes: 20, medianResolutionMinutes: 40, reopens: 1, openConversations: 1 });
  });

  it("averages the customer's own words, and nobody else's", () => {
    const told = experience(
      ticket.opened(0, { description: 'bad' }),
      ticket.customer(1, { comment: 'good' }),
      ticket.customer(2, { comment: 'bad' }),
      ticket.customer(3, { comment: 'neither' }),
      ticket.agent(4, { comment: 'good' }),
      aFact('SURVEY_ANSWERED', 5, { survey_type: 'nps', score: 2, comment: 'bad' }),
      aFact('EMPLOYEE_FEEDBACK_GIVEN', 6, { comment: 'good' }),
    );
    expect(told.averageSentiment).toBe(-0.5);
  });
});

describe('a survey score', () => {
  it('is the latest and the mean of valid answers', () => {
    expect(surveyScore(answersTo('nps', [10, 11, 7]), 'nps')).toEqual({
      latest: 7,
      average: 8.5,
      responses: 2,
      answeredAtMs: 2 * HOUR_MS,
    });
  });

  it('never averages over two scales', () => {
    const answers = [...answersTo('csat', [9], { scale_max: 10 }), ...answersTo('csat', [2, 4])];
    expect(surveyScore(answers, 'csat')).toMatchObject({ latest: 4, average: 3, responses: 2 });
  });

  it('knows the effort of version 2.0 only', () => {
    expect(surveyScore(answersTo('ces', [1, 2], { version: '1.0' }), 'ces')).toBeNull();
  });
});

describe('the preferred channel', () => {
  const spoken = [...onChannel('EMAIL', ticket.opened(1), ticket.agent(2), ticket.agent(3)), ...onChannel('CHAT', ticket.customer(4))];

  it('is the one that is stated', () => {
    expect(preferredChannel(spoken, { preferred_channel: 'WhatsApp' })).toBe('MESSENGER');
  });

  it('is the one the customer speaks on, of equals the one used last', () => {
    expect(preferredChannel(spoken, { preferred_channel: 'carrier pigeon' })).toBe('CHAT');
    expect(preferredChannel([...spoken, ...onChannel('EMAIL', ticket.customer(0))], {})).toBe('EMAIL');
  });

  it('is none of somebody who never spoke, or only through another system', () => {
    expect(preferredChannel(onChannel('EMAIL', ticket.agent(1)), {})).toBeNull();
    expect(preferredChannel(onChannel('API', ticket.opened(1)), {})).toBeNull();
  });
});
