import type { MatchOutcome } from '../../../identity/matching/matchTable';
import type { LoadedTable } from '../loadTable';
import type { MatchFlags } from '../matchFlags';
import type { ColumnPlan } from '../planColumns';
import { type Html, html, page } from './html';
import { modelTable } from './modelTable';
import { ruleTable } from './ruleTable';
import { waterfalls } from './waterfall';
import { weightChart } from './weightChart';

/** All that a report tells of. */
export interface ReportInput {
  readonly file: string;
  readonly header: readonly string[];
  readonly plan: ColumnPlan;
  readonly loaded: LoadedTable;
  readonly outcome: MatchOutcome;
  readonly flags: MatchFlags;
}

/** The report as one HTML file that asks for nothing else. */
export function renderReport(input: ReportInput): string {
  return page(`Matching ${input.file}`, [summary(input), weightChart(input), modelTable(input), ...waterfalls(input), ruleTable(input)]);
}

function summary({ file, outcome, flags, header, plan }: ReportInput): Html {
  const { clustering, comparedPairs, linkedPairs, model, hasSoleSources } = outcome;
  const sizes = new Map<number, number>();
  for (const cluster of clustering.clusterOf) sizes.set(cluster, (sizes.get(cluster) ?? 0) + 1);
  const largest = [...sizes.values()].reduce((most, size) => Math.max(most, size), 0);
  const rows: readonly (readonly [string, string])[] = [
    ['Records', String(clustering.clusterOf.length)],
    ['Clusters', `${sizes.size}, the largest of ${largest} records`],
    ['Pairs compared', `${comparedPairs}, of which ${linkedPairs} link at a probability of ${flags.threshold} or more`],
    ['Columns', header.map((name, index) => `${name}: ${plan.uses[index]}`).join('; ')],
    [
      'Links refused',
      `${clustering.refused.average} by the other records of the clusters, ${clustering.refused.source} by a source, ${clustering.refused.size} by size`,
    ],
    ['One record a source', hasSoleSources ? 'yes: sources were measured to hold nobody twice' : 'no'],
    ['Households held apart by', heldApart(model.reliability)],
  ];
  return html`<h1>Matching ${file}</h1>
<table>${rows.map(([name, value]) => html`<tr><th>${name}</th><td>${value}</td></tr>`)}</table>`;
}

function heldApart({ givenName, birthDate }: MatchOutcome['model']['reliability']): string {
  const fields = [...(givenName ? ['given names'] : []), ...(birthDate ? ['birth dates'] : [])];
  return fields.length === 0 ? 'weights alone, since names and dates are often wrong' : fields.join(' and ');
}
