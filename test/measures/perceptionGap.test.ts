import { conversationsOf } from '../../src/measures/conversation';
import type { Fact } from '../../src/measures/fact';
import { perceptionGaps, perceptionsOf } from '../../src/measures/perceptionGap';
import { surveyAnswersOf } from '../../src/measures/surveyAnswer';
import { aFact, ticket } from './conversationFacts';

const gaps = (...facts: readonly Fact[]) => perceptionGaps(perceptionsOf(facts, conversationsOf(facts), surveyAnswersOf(facts)));

describe('the perception gap', () => {
  it('is what the company says of itself less what customers say, both on 0 to 100', () => {
    const facts = [
      aFact('EMPLOYEE_FEEDBACK_GIVEN', 1, { score: 9, about_department: 'support' }, { department: 'PRODUCT' }),
      ticket.opened(2),
      ticket.solved(3, { internal_rating: 4, scale_max: 5 }),
      aFact('SURVEY_ANSWERED', 4, { ticket_id: '1', survey_type: 'csat', score: 2, scale_max: 5 }),
      aFact('SURVEY_ANSWERED', 5, { ticket_id: '1', survey_type: 'ces', score: 4, scale_max: 7 }),
    ];
    expect(gaps(...facts)).toEqual([{ department: 'SUPPORT', internal: 82.5, customers: 37.5, gap: 45 }]);
  });

  it('is null where one side says nothing, and leaves out who nobody speaks of', () => {
    expect(gaps(aFact('EMPLOYEE_FEEDBACK_GIVEN', 1, { score: 3, scale_min: 1, scale_max: 5 }, { department: 'SALES' }))).toEqual([
      { department: 'SALES', internal: 50, customers: null, gap: null },
    ]);
    expect(gaps()).toEqual([]);
  });

  it('takes what employees say about a conversation for a word on support', () => {
    const said = aFact('EMPLOYEE_FEEDBACK_GIVEN', 1, { score: 5, ticket_id: '1' }, { department: 'PRODUCT' });
    expect(gaps(said)).toMatchObject([{ department: 'SUPPORT', internal: 50 }]);
  });

  it('leaves out scores outside their scale and NPS, which judges the whole company', () => {
    expect(
      gaps(
        aFact('EMPLOYEE_FEEDBACK_GIVEN', 1, { score: 11 }),
        aFact('SURVEY_ANSWERED', 2, { survey_type: 'csat', score: 6 }),
        aFact('SURVEY_ANSWERED', 3, { survey_type: 'nps', score: 6 }),
      ),
    ).toEqual([]);
  });
});
