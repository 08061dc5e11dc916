import { Candidates, type RuleOutcome } from './candidates';
import { type Clustering, clusterRecords, type Links } from './clusters';
import type { Estimate } from './estimate';
import { Best, type ExamplePair } from './examples';
import { LinkList } from './linkList';
import type { MatchModel } from './matchModel';
import type { RecordTable } from './recordTable';
import { findSoleSources } from './soleSources';
import { TableWeights } from './tableWeights';
import { trainModel } from './trainModel';
import { WeightHistogram } from './weightHistogram';

export interface MatchSettings {
  /** How probable it must be that two records are one person before a link joins them. */
  readonly threshold: number;
  readonly largestCluster: number;
}

export interface MatchOutcome {
  readonly model: MatchModel;
  readonly estimate: Estimate;
  readonly rules: readonly RuleOutcome[];
  readonly clustering: Clustering;
  readonly histogram: WeightHistogram;
  readonly comparedPairs: number;
  readonly linkedPairs: number;
  /** Whether some source was measured to hold nobody twice. */
  readonly hasSoleSources: boolean;
  readonly examples: {
    readonly strong: readonly ExamplePair[];
    readonly borderline: readonly ExamplePair[];
    readonly refused: readonly ExamplePair[];
  };
  readonly weights: TableWeights;
}

/** Joined clusters may match on average by so many bits less than the link that joins them. */
const AVERAGE_BELOW_LINK = 2;

/** Matches a table's records with one another: candidates, model, weights, clusters. `report` hears what is being done. */
export function matchTable(table: RecordTable, settings: MatchSettings, report: (step: string) => void): MatchOutcome {
  report('finding candidate pairs');
  const candidates = new Candidates(table);
  report('estimating the model');
  const { model, estimate } = trainModel(table, candidates);
  const weights = new TableWeights(table, model);
  report('weighing pairs');
  const linkWeight = Math.log2(settings.threshold / (1 - settings.threshold));
  const weighed = weighCandidates(candidates, weights, linkWeight);
  report('making clusters');
  const soleSourceOf = findSoleSources(table.sourceOf, weighed.links, linkWeight);
  const rules = { linkWeight, averageWeight: linkWeight - AVERAGE_BELOW_LINK, largestCluster: settings.largestCluster, soleSourceOf };
  return {
    ...weighed,
    model,
    estimate,
    weights,
    rules: candidates.outcomes,
    linkedPairs: weighed.links.ones.length,
    hasSoleSources: soleSourceOf.some((source) => source >= 0),
    clustering: clusterRecords(weighed.links, rules, weights),
  };
}

interface Weighed extends Pick<MatchOutcome, 'histogram' | 'comparedPairs' | 'examples'> {
  readonly links: Links;
}

function weighCandidates(candidates: Candidates, weights: TableWeights, linkWeight: number): Weighed {
  const [links, histogram] = [new LinkList(), new WeightHistogram()];
  const [strong, borderline, refused] = [new Best(), new Best(), new Best()];
  let comparedPairs = 0;
  candidates.visitPairs((one, other) => {
    comparedPairs++;
    const weight = weights.weigh(one, other);
    histogram.add(weight);
    const contradiction = weights.contradiction();
    const pair = { one, other, weight, contradiction };
    if (contradiction) {
      refused.offer(pair, weight);
      return;
    }
    if (weight < linkWeight - AVERAGE_BELOW_LINK) return;
    strong.offer(pair, weight);
    borderline.offer(pair, -Math.abs(weight - linkWeight));
    if (weight >= linkWeight) links.add(one, other, weight);
  });
  return {
    links: links.toLinks(),
    histogram,
    comparedPairs,
    examples: { strong: strong.pairs, borderline: borderline.pairs, refused: refused.pairs },
  };
}
