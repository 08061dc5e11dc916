import { cesOf } from '../../src/measures/ces';
import { csatOf, isDissatisfied, isSatisfied } from '../../src/measures/csat';
import { npsMarginOfError, npsOf, npsScore } from '../../src/measures/nps';
import { answerOnHundred, judgedDepartment, surveyAnswersOf } from '../../src/measures/surveyAnswer';
import { aFact, answersTo } from './conversationFacts';

describe('a survey answer', () => {
  it('is read from the number, text of one, or the words of a rating', () => {
    const scores = surveyAnswersOf([
      aFact('SURVEY_ANSWERED', 1, { survey_type: 'NPS', score: '9' }),
      aFact('SURVEY_ANSWERED', 2, { survey_type: 'csat', score: 'good' }),
      aFact('FEEDBACK_GIVEN', 3, { score: 'bad', ticket_id: '1' }),
      aFact('SURVEY_ANSWERED', 4, { score: 3, scale_max: 5 }, { name: 'CSAT Answered' }),
      aFact('SURVEY_ANSWERED', 5, { survey_type: 'csat', score: 1, scale_max: 1 }),
    ]).map(({ survey, score, scaleMin, scaleMax, isValid }) => [survey, score, scaleMin, scaleMax, isValid]);
    expect(scores).toEqual([
      ['nps', 9, 0, 10, true],
      ['csat', 1, 0, 1, true],
      ['csat', 0, 0, 1, true],
      ['csat', 3, 1, 5, true],
      ['csat', 1, 0, 1, true],
    ]);
  });

  it('is none without a score, without a survey, or by an employee', () => {
    const facts = [
      aFact('SURVEY_ANSWERED', 1, { survey_type: 'nps', score: 'offered' }),
      aFact('SURVEY_ANSWERED', 2, { score: 4 }),
      aFact('SURVEY_ANSWERED', 3, { survey_type: 'csatellite', score: 4 }),
      aFact('EMPLOYEE_FEEDBACK_GIVEN', 4, { survey_type: 'nps', score: 9 }),
      aFact('SURVEY_SENT', 5, { survey_type: 'nps', score: 9 }),
    ];
    expect(surveyAnswersOf(facts)).toEqual([]);
  });

  it('counts once, oldest first', () => {
    const [late, early] = [
      aFact('SURVEY_ANSWERED', 9, { survey_type: 'nps', score: 1 }),
      aFact('SURVEY_ANSWERED', 2, { survey_type: 'nps', score: 2 }),
    ];
    expect(surveyAnswersOf([late, early, late]).map(({ score }) => score)).toEqual([2, 1]);
  });

  it('stands on 0 to 100 with the old effort question turned round', () => {
    expect(answersTo('csat', [1, 3, 5, 6]).map(answerOnHundred)).toEqual([0, 50, 100, null]);
    expect(answersTo('ces', [1, 5], { version: '1.0' }).map(answerOnHundred)).toEqual([100, 0]);
  });

  it('judges who it names, support where it is about a conversation, else who asked; NPS judges nobody unasked', () => {
    const answers = surveyAnswersOf([
      aFact('SURVEY_ANSWERED', 1, { survey_type: 'csat', score: 3, about_department: 'product' }, { department: 'SALES' }),
      aFact('SURVEY_ANSWERED', 2, { survey_type: 'csat', score: 3, ticket_id: '1' }, { department: 'SALES' }),
      aFact('SURVEY_ANSWERED', 3, { survey_type: 'ces', score: 3 }, { department: 'SALES' }),
      aFact('SURVEY_ANSWERED', 4, { survey_type: 'nps', score: 3 }, { department: 'SALES' }),
    ]);
    expect(answers.map(judgedDepartment)).toEqual(['PRODUCT', 'SUPPORT', 'SALES', null]);
  });
});

describe('NPS', () => {
  it('is promoters less detractors of all answers, in points', () => {
    expect(npsOf(answersTo('nps', [10, 9, 8, 7, 6, 0]))).toMatchObject({
      score: 0,
      promoters: 2,
      passives: 2,
      detractors: 2,
      responses: 6,
    });
  });

  it('drops and counts answers outside 0 to 10, between two steps, and on another scale', () => {
    const answers = [...answersTo('nps', [11, -1, 8.5, 9]), ...answersTo('nps', [5], { scale_max: 5 })];
    expect(npsOf(answers)).toMatchObject({ score: 100, responses: 1, invalid: 4 });
  });

  it('is null without answers', () => {
    expect(npsOf(answersTo('csat', [5]))).toEqual({
      score: null,
      promoters: 0,
      passives: 0,
      detractors: 0,
      responses: 0,
      invalid: 0,
      marginOfError: null,
    });
  });

  // By the adjusted Wald formula as MeasuringU describes it ("Confidence Intervals for Net Promoter Scores"), on 15 promoters, 13 passives and
  // 8 detractors: 15.75 / 39 and 8.75 / 39, variance 0.596; at 90 % 20.3 points about 17.9, which is −2 to 38.
  it('has the margin of the adjusted Wald interval', () => {
    const counts = { promoters: 15, passives: 13, detractors: 8, invalid: 0 };
    expect(npsMarginOfError(counts, 1.645)).toBeCloseTo(20.3354, 4);
    expect(npsScore(counts).marginOfError).toBeCloseTo(24.2293 * (1.959964 / 1.96), 3);
    expect(npsScore(counts).score).toBeCloseTo(19.4444, 4);
  });

  it('is sure of nothing after one answer, and never by more than 100 points', () => {
    const one = npsOf(answersTo('nps', [10]));
    expect(one.score).toBe(100);
    // shares 1.75 / 4 and 0.75 / 4: variance 0.5625, standard error 0.375
    expect(one.marginOfError).toBeCloseTo(37.5 * 1.959964, 4);
    expect(npsMarginOfError({ promoters: 1, passives: 0, detractors: 1, invalid: 0 }, 5)).toBe(100);
  });
});

describe('CSAT', () => {
  it.each([
    ['1 to 5', [1, 2, 3, 4, 5], {}, [4, 5]],
    ['1 to 3', [1, 2, 3], { scale_max: 3 }, [3]],
    ['1 to 7', [1, 2, 3, 4, 5, 6, 7], { scale_max: 7 }, [6, 7]],
    ['1 to 10', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], { scale_max: 10 }, [8, 9, 10]],
  ])('on %s is satisfied from the top boxes', (_scale, scores, properties, satisfied) => {
    const answers = answersTo('csat', scores, properties);
    expect(answers.filter(isSatisfied).map(({ score }) => score)).toEqual(satisfied);
    expect(answers.filter(isDissatisfied)).toHaveLength(satisfied.length);
  });

  it('counts thumbs, and answers on different scales together', () => {
    const answers = [...answersTo('csat', ['good', 'bad', 'good']), ...answersTo('csat', [4])];
    expect(csatOf(answers)).toMatchObject({ rate: 0.75, count: 3, of: 4, invalid: 0 });
  });

  it('drops what is outside the scale, and has no rate over nothing', () => {
    expect(csatOf(answersTo('csat', [0, 6]))).toEqual({ rate: null, count: 0, of: 0, low: null, high: null, invalid: 2 });
  });
});

describe('CES', () => {
  // Dixon, Freeman & Toman for version 1.0, CEB 2013 for version 2.0: from 5 of 7 on the company made it easy
  it('2.0 is the mean and the share from 5 on', () => {
    const score = cesOf(answersTo('ces', [7, 6, 5, 4, 3], { version: 2 }));
    expect(score).toMatchObject({ mean: 5, responses: 5, easy: { rate: 0.6, count: 3, of: 5 }, invalid: 0 });
  });

  it('never mixes the versions, whose scales run against each other', () => {
    const answers = [...answersTo('ces', [7, 7], { scale_max: 7 }), ...answersTo('ces', [1, 2, 5], { scale_max: 5 })];
    expect(cesOf(answers)).toMatchObject({ mean: 7, responses: 2 });
    expect(cesOf(answers, '1.0')).toMatchObject({ responses: 3, easy: { count: 2, of: 3 } });
  });

  it('drops answers off the scale and versions that it does not know', () => {
    const answers = [...answersTo('ces', [8], { version: '2.0' }), ...answersTo('ces', [3], { version: '3.1' })];
    expect(answers.map(({ isValid, version }) => [isValid, version])).toEqual([
      [false, '2.0'],
      [false, '3.1'],
    ]);
    expect(cesOf(answers)).toMatchObject({ mean: null, responses: 0, invalid: 1, easy: { rate: null } });
  });
});
