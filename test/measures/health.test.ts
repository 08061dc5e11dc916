import fc from 'fast-check';
import { type HealthSigns, healthBand, healthOf } from '../../src/measures/health';
import { USUAL_SETTINGS } from '../../src/measures/settings';
import { surveyAnswersOf } from '../../src/measures/surveyAnswer';
import { aConversation, aFact, DAY_MS } from './conversationFacts';

const NOW = Date.parse('2026-06-01T00:00Z');
const WEIGHTS = USUAL_SETTINGS.healthWeights;
const NOTHING: HealthSigns = { facts: [], conversations: [], answers: [], usage: null, lastSeenAtMs: null };
const health = (signs: Partial<HealthSigns>, weights = WEIGHTS) => healthOf({ ...NOTHING, ...signs }, weights, NOW);
const daysAgo = (days: number) => NOW - days * DAY_MS;

describe('the parts of health', () => {
  it.each([
    [{ before: 10, recent: 5 }, 50],
    [{ before: 10, recent: 30 }, 100],
    [{ before: 0, recent: 1 }, 100],
    [{ before: 4, recent: 0 }, 0],
  ])('compare use: %j is %i', (usage, score) => {
    expect(health({ usage }).parts).toEqual([{ name: 'usageTrend', score, weight: WEIGHTS.usageTrend }]);
  });

  it('have no trend of what was never used', () => {
    expect(health({ usage: { before: 0, recent: 0 } }).parts).toEqual([]);
  });

  it('take the latest answer to each survey within a year', () => {
    const answers = surveyAnswersOf([
      aFact('SURVEY_ANSWERED', daysAgo(400), { survey_type: 'ces', score: 1 }),
      aFact('SURVEY_ANSWERED', daysAgo(90), { survey_type: 'csat', score: 1 }),
      aFact('SURVEY_ANSWERED', daysAgo(30), { survey_type: 'csat', score: 5 }),
      aFact('SURVEY_ANSWERED', daysAgo(20), { survey_type: 'nps', score: 5 }),
      aFact('SURVEY_ANSWERED', daysAgo(10), { survey_type: 'nps', score: 55 }),
    ]);
    expect(health({ answers }).parts).toEqual([{ name: 'satisfaction', score: 75, weight: WEIGHTS.satisfaction }]);
  });

  it('weigh open conversations and reopenings of 90 days', () => {
    const open = aConversation('1', '2026-05-20T00:00Z');
    const reopened = aConversation('2', '2026-05-01T00:00Z', ['2026-05-02T00:00Z', '2026-05-04T00:00Z']);
    const longAgo = aConversation('3', '2025-05-01T00:00Z', ['2025-05-02T00:00Z', '2025-05-04T00:00Z']);
    expect(health({ conversations: [open, reopened, longAgo] }).parts).toEqual([
      { name: 'supportLoad', score: 60, weight: WEIGHTS.supportLoad },
    ]);
  });

  it('take the share of payments that went through', () => {
    const facts = [
      aFact('PAYMENT_MADE', daysAgo(200)),
      aFact('PAYMENT_FAILED', daysAgo(40)),
      aFact('PAYMENT_MADE', daysAgo(39)),
      aFact('PAYMENT_MADE', daysAgo(9)),
      aFact('PAYMENT_MADE', daysAgo(8)),
    ];
    expect(health({ facts }).parts).toEqual([{ name: 'payment', score: 75, weight: WEIGHTS.payment }]);
  });

  it.each([
    [0, 100],
    [7, 100],
    [48.5, 50],
    [90, 0],
    [900, 0],
  ])('last seen %f days ago is %f', (days, score) => {
    expect(health({ lastSeenAtMs: daysAgo(days) }).parts[0]?.score).toBeCloseTo(score, 9);
  });
});

describe('health', () => {
  it('is null of somebody nothing is known of', () => {
    expect(health({})).toEqual({ score: null, band: null, parts: [] });
  });

  it('is the weighted mean of the parts that exist', () => {
    const signs = { usage: { before: 10, recent: 5 }, lastSeenAtMs: NOW };
    expect(health(signs).score).toBeCloseTo((0.3 * 50 + 0.15 * 100) / 0.45, 9);
    expect(health(signs, { ...WEIGHTS, recency: 0 })).toEqual({
      score: 50,
      band: 'POOR',
      parts: [{ name: 'usageTrend', score: 50, weight: 0.3 }],
    });
  });

  it.each([
    [0, 'POOR'],
    [50.4, 'POOR'],
    [50.5, 'FAIR'],
    [75.4, 'FAIR'],
    [75.5, 'GOOD'],
    [100, 'GOOD'],
  ])('of %f is %s', (score, band) => {
    expect(healthBand(score)).toBe(band);
  });

  it('lies between its parts', () => {
    const usage = fc.record({ before: fc.nat(30), recent: fc.nat(30) });
    fc.assert(
      fc.property(usage, fc.nat(200), (days, ago) => {
        const { score, parts } = health({ usage: days, lastSeenAtMs: daysAgo(ago) });
        const scores = parts.map((part) => part.score);
        expect(score).toBeGreaterThanOrEqual(Math.min(...scores) - 1e-9);
        expect(score).toBeLessThanOrEqual(Math.max(...scores) + 1e-9);
      }),
    );
  });
});
