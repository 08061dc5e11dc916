import DataLoader from 'dataloader';
import { CHANNELS, DEPARTMENTS } from '../kernel/vocabulary';
import { REPEAT_WITHIN_DAYS } from '../measures/conversationRates';
import { INFLUENCE_WITHIN_DAYS } from '../measures/departmentInfluence';
import type { DurationScore } from '../measures/durations';
import { ActiveCustomers } from '../measures/journeys/activeCustomers';
import { meanScore } from '../measures/meanScore';
import { npsScore } from '../measures/nps';
import { CES_SCALES } from '../measures/surveyAnswer';
import type { RevenueChurn } from '../measures/value/churn';
import { rateScore } from '../measures/wilson';
import type {
  AnswerFigures,
  ChurnFigures,
  ConversationFigures,
  CustomerOrderFigures,
  DurationFigures,
  ExperienceReports,
  FrictionReport,
  InfluenceFigures,
  OrderFigures,
  PerceptionFigures,
  ReportedDuration,
  ReportPeriod,
} from './ports/experienceReports';
import type { PathReader } from './ports/pathReader';
import type { RequestContext } from './requestContext';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Before everything that any message can say. */
const BEGINNING_MS = Date.UTC(2000, 0, 1) - 1999 * 365.2425 * DAY_MS;

/** Figures of one period, each read once however many fields are made of them. Lives as long as a request. */
export class ExperienceFigures {
  private readonly reports: ExperienceReports;
  private readonly paths: PathReader;
  private readonly workspaceId: number;
  private readonly nowMs: number;
  private readonly read = new Map<string, Promise<unknown>>();
  /** Of the whole period, those that are asked for at once with one statement. */
  private readonly durations = new DataLoader<ReportedDuration, readonly DurationFigures[]>(async (asked) => {
    const figures = await this.reports.readDurations(this.workspaceId, this.whole, asked);
    return asked.map((duration) => figures.filter((row) => row.duration === duration));
  });

  constructor(
    { ports, access, clock }: RequestContext,
    readonly period: ReportPeriod,
  ) {
    this.reports = ports.reports;
    this.paths = ports.paths;
    this.workspaceId = access.workspaceId;
    this.nowMs = clock();
  }

  steps(): Promise<readonly number[]> {
    return this.once('steps', () => (this.period.interval === null ? [] : this.reports.readSteps(this.workspaceId, this.period)));
  }

  answers(): Promise<readonly AnswerFigures[]> {
    return this.once('answers', () => this.reports.readAnswers(this.workspaceId, this.period));
  }

  conversations(): Promise<ConversationFigures | null> {
    return this.once('conversations', async () => {
      const repeatsBeforeMs = this.nowMs - REPEAT_WITHIN_DAYS * DAY_MS;
      const rows = await this.reports.readConversations(this.workspaceId, this.whole, repeatsBeforeMs);
      return rows[0] ?? null;
    });
  }

  duration(duration: ReportedDuration): Promise<readonly DurationFigures[]> {
    if (duration !== 'fullResolution' || this.period.interval === null) return this.durations.load(duration);
    return this.once(duration, () => this.reports.readDurations(this.workspaceId, this.period, [duration]));
  }

  orders(): Promise<readonly OrderFigures[]> {
    return this.once('orders', () => this.reports.readOrders(this.workspaceId, this.whole));
  }

  /** Of all orders up to the period's end. */
  ordersSoFar(): Promise<readonly CustomerOrderFigures[]> {
    return this.once('ordersSoFar', () => this.reports.readOrdersOfCustomers(this.workspaceId, { ...this.whole, fromMs: BEGINNING_MS }));
  }

  /** Customers who did something in the period, and how many of them went through any friction in it. */
  activity(): Promise<{ readonly active: number; readonly inFriction: number }> {
    return this.once('activity', async () => {
      const { fromMs, toMs, department, channel, segmentId } = this.period;
      const of = { department: department && DEPARTMENTS.indexOf(department), channel: channel && CHANNELS.indexOf(channel) };
      const window = { fromMs, toMs };
      const [active, { profileIds }] = await Promise.all([
        this.paths.visitChunks(this.workspaceId, { ...window, segmentId }, (customers) => new ActiveCustomers(customers, window, of)),
        this.friction(),
      ]);
      return { active: active.count, inFriction: active.among(profileIds) };
    });
  }

  async churn(): Promise<ChurnFigures> {
    const [whole = NO_CHURN] = await this.churns();
    return whole;
  }

  /** Of each step of the series. */
  async churnByStep(): Promise<readonly ChurnFigures[]> {
    return (await this.churns()).slice(1);
  }

  revenueChurn(): Promise<readonly RevenueChurn[]> {
    return this.once('revenueChurn', () => this.reports.readRevenueChurn(this.workspaceId, this.period, this.period.segmentId));
  }

  /** The whole period first. */
  private churns(): Promise<readonly ChurnFigures[]> {
    return this.once('churns', async () => {
      const { fromMs, toMs, segmentId } = this.period;
      const steps = await this.steps();
      const cut = steps.map((step, index) => ({ fromMs: Math.max(fromMs, step), toMs: steps[index + 1] ?? toMs }));
      return this.reports.readChurn(this.workspaceId, [{ fromMs, toMs }, ...cut], segmentId);
    });
  }

  friction(): Promise<FrictionReport> {
    return this.once('friction', () => this.reports.readFriction(this.workspaceId, this.whole));
  }

  perceptions(): Promise<readonly PerceptionFigures[]> {
    return this.once('perceptions', () => this.reports.readPerceptions(this.workspaceId, this.whole));
  }

  influence(): Promise<readonly InfluenceFigures[]> {
    const begunByMs = this.nowMs - INFLUENCE_WITHIN_DAYS * DAY_MS;
    return this.once('influence', () => this.reports.readInfluence(this.workspaceId, this.whole, begunByMs));
  }

  /** The period without its steps. */
  private get whole(): ReportPeriod {
    return { ...this.period, interval: null };
  }

  private once<Value>(name: string, read: () => Promise<Value> | Value): Promise<Value> {
    const known = this.read.get(name) ?? Promise.resolve(read());
    this.read.set(name, known);
    return known as Promise<Value>;
  }
}

const NO_CHURN: ChurnFigures = { atStart: 0, lost: 0 };

/** Of the rows of one step, or of the whole period: null. */
export function npsFigure(answers: readonly AnswerFigures[], step: number | null) {
  const { valid, favourable, detractors, invalid } = surveyRow(answers, step, 'nps');
  return npsScore({ promoters: favourable, passives: valid - favourable - detractors, detractors, invalid });
}

export function csatFigure(answers: readonly AnswerFigures[], step: number | null) {
  const { valid, favourable, invalid } = surveyRow(answers, step, 'csat');
  return { ...rateScore(favourable, valid), invalid };
}

/** CES 2.0; answers to the older version, which runs the other way, are not mixed in. */
export function cesFigure(answers: readonly AnswerFigures[], step: number | null) {
  const { valid, favourable, mean, variance, invalid } = surveyRow(answers, step, 'ces', '2.0');
  return { ...meanScore({ responses: valid, mean, variance }, CES_SCALES['2.0']), easy: rateScore(favourable, valid), invalid };
}

export function responsesOf(answers: readonly AnswerFigures[], step: number): number {
  return answers.reduce((sum, row) => sum + (row.step === step ? row.valid : 0), 0);
}

export function durationFigure(rows: readonly DurationFigures[], step: number | null): DurationScore {
  const row = rows.find((candidate) => candidate.step === step);
  if (!row) return { median: null, p90: null, mean: null, count: 0 };
  return { median: row.medianMs / MINUTE_MS, p90: row.p90Ms / MINUTE_MS, mean: row.meanMs / MINUTE_MS, count: row.count };
}

const NO_ANSWERS = { valid: 0, favourable: 0, detractors: 0, invalid: 0, mean: null, variance: null };

function surveyRow(answers: readonly AnswerFigures[], step: number | null, survey: AnswerFigures['survey'], version: string | null = null) {
  return answers.find((row) => row.step === step && row.survey === survey && row.version === version) ?? NO_ANSWERS;
}
