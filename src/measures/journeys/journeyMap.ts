import { NO_SENTIMENT, SENTIMENT_STEPS } from '../touches/chunkLayout';
import type { Paths } from '../touches/paths';
import type { FrictionTimes } from './frictionTimes';
import { boundsOfSteps, type JourneyLevel, type Labels, labelsAt } from './labels';
import { median } from './median';

export interface JourneyMap {
  /** Who has a touch in the window. */
  readonly customers: number;
  /** By step, the most frequented first. */
  readonly nodes: readonly JourneyNode[];
  /** In the order of the nodes they leave, then of those they reach. */
  readonly links: readonly JourneyLink[];
}

export interface JourneyNode {
  readonly id: string;
  /** From 1. */
  readonly step: number;
  readonly label: string;
  readonly customers: number;
  /** −1 to 1, over the touches of the step that have one. */
  readonly averageSentiment: number | null;
  /** Share of the customers for whom friction was found from this step until their next one, or until the window's end; null where it is not known. */
  readonly frictionRate: number | null;
  /** Whose path ends here: no further step within the window. */
  readonly dropOff: number;
}

export interface JourneyLink {
  readonly from: string;
  readonly to: string;
  readonly customers: number;
  /** From the beginning of one step to that of the next. */
  readonly medianMinutes: number | null;
}

export interface JourneyMapOptions {
  readonly level: JourneyLevel;
  readonly maxSteps: number;
  /** Touches that follow one another under one label are one step. Otherwise each touch is, and a link may lead from a label to itself. */
  readonly collapse: boolean;
  /** Null: not known. */
  readonly friction: FrictionTimes | null;
}

interface NodeTally {
  readonly step: number;
  readonly code: number;
  customers: number;
  dropOff: number;
  friction: number;
  sentimentSum: number;
  sentiments: number;
}

interface LinkTally {
  readonly from: NodeTally;
  readonly to: NodeTally;
  readonly minutes: number[];
}

const MINUTE_MS = 60_000;

/** A node is a label at a step, counted from each customer's first touch in the window; a link leads to the next step. */
export function journeyMap(paths: Paths, options: JourneyMapOptions): JourneyMap {
  const tallies = new Tallies(paths, labelsAt(options.level, paths), options.friction);
  let customers = 0;
  for (let customer = 0; customer + 1 < paths.starts.length; customer++) {
    const touches = [paths.starts[customer] as number, paths.starts[customer + 1] as number] as const;
    if (touches[0] === touches[1]) continue;
    customers++;
    tallies.count(customer, boundsOfSteps(tallies.labels, touches, options), touches[1]);
  }
  return { customers, ...tallies.result() };
}

class Tallies {
  private readonly nodes = new Map<number, NodeTally>();
  private readonly links = new Map<number, LinkTally>();

  constructor(
    private readonly paths: Paths,
    readonly labels: Labels,
    private readonly friction: FrictionTimes | null,
  ) {}

  /** One customer's path, which has touches up to `end`. */
  count(customer: number, bounds: readonly number[], end: number): void {
    let previous: NodeTally | null = null;
    for (let step = 0; step + 1 < bounds.length; step++) {
      const [from, to] = [bounds[step] as number, bounds[step + 1] as number];
      const node = this.node(step, this.labels.codes[from] as number);
      node.customers++;
      if (to === end) node.dropOff++;
      if (this.friction?.isWithin(customer, this.atMs(from), to === end ? this.paths.toMs : this.atMs(to))) node.friction++;
      this.addSentiments(node, from, to);
      if (previous) this.link(previous, node).push((this.atMs(from) - this.atMs(bounds[step - 1] as number)) / MINUTE_MS);
      previous = node;
    }
  }

  result(): Pick<JourneyMap, 'nodes' | 'links'> {
    const nodes = [...this.nodes.values()].sort(this.byStep);
    const links = [...this.links.values()].sort((left, right) => this.byStep(left.from, right.from) || this.byStep(left.to, right.to));
    return {
      nodes: nodes.map((node) => this.described(node)),
      links: links.map(({ from, to, minutes }) => ({
        from: this.idOf(from),
        to: this.idOf(to),
        customers: minutes.length,
        medianMinutes: median(Float64Array.from(minutes)),
      })),
    };
  }

  private described(node: NodeTally): JourneyNode {
    return {
      id: this.idOf(node),
      step: node.step + 1,
      label: this.labelOf(node),
      customers: node.customers,
      averageSentiment: node.sentiments === 0 ? null : node.sentimentSum / node.sentiments / SENTIMENT_STEPS,
      frictionRate: this.friction && node.friction / node.customers,
      dropOff: node.dropOff,
    };
  }

  private addSentiments(node: NodeTally, from: number, to: number): void {
    for (let touch = from; touch < to; touch++) {
      const sentiment = this.paths.sentiments[touch] as number;
      if (sentiment === NO_SENTIMENT) continue;
      node.sentimentSum += sentiment;
      node.sentiments++;
    }
  }

  private node(step: number, code: number): NodeTally {
    const key = step * this.labels.texts.length + code;
    const known = this.nodes.get(key);
    if (known) return known;
    const node = { step, code, customers: 0, dropOff: 0, friction: 0, sentimentSum: 0, sentiments: 0 };
    this.nodes.set(key, node);
    return node;
  }

  private link(from: NodeTally, to: NodeTally): number[] {
    const labels = this.labels.texts.length;
    const key = (from.step * labels + from.code) * labels + to.code;
    const known = this.links.get(key);
    if (known) return known.minutes;
    const minutes: number[] = [];
    this.links.set(key, { from, to, minutes });
    return minutes;
  }

  private atMs(touch: number): number {
    return this.paths.occurredAtMs[touch] as number;
  }

  private idOf(node: NodeTally): string {
    return `${node.step + 1}:${this.labelOf(node)}`;
  }

  private labelOf({ code }: NodeTally): string {
    return this.labels.texts[code] as string;
  }

  private readonly byStep = (left: NodeTally, right: NodeTally): number =>
    left.step - right.step || right.customers - left.customers || left.code - right.code;
}
