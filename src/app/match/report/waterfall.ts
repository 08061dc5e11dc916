import { CONTRADICTIONS } from '../../../identity/matching/contradiction';
import type { ExamplePair } from '../../../identity/matching/examples';
import { NO_LEVEL } from '../../../identity/matching/pairLevels';
import type { FieldColumn } from '../../../identity/matching/recordTable';
import { MISSING } from '../../../identity/matching/recordTable';
import { comparisonOf } from '../../../identity/matching/roles';
import { type Html, html } from './html';
import type { ReportInput } from './renderReport';

const ROW = 22;
const LABEL = 430;
const WIDTH = 900;

interface Step {
  readonly label: string;
  readonly bits: number;
}

/** Some pairs with all that speaks for and against them, step by step. */
export function waterfalls(input: ReportInput): readonly Html[] {
  const { strong, borderline, refused } = input.outcome.examples;
  return [
    ...section(input, 'Pairs that match', strong),
    ...section(input, 'Pairs at the threshold', borderline),
    ...section(input, 'Pairs that a contradiction holds apart', refused),
  ];
}

function section(input: ReportInput, title: string, pairs: readonly ExamplePair[]): readonly Html[] {
  if (pairs.length === 0) return [];
  return [html`<h2>${title}</h2>`, ...pairs.map((pair) => waterfall(input, pair))];
}

function waterfall(input: ReportInput, { one, other, weight, contradiction }: ExamplePair): Html {
  const { ids } = input.loaded;
  const steps = stepsOf(input, one, other);
  const refusal = contradiction ? html`<p>Not joined: ${CONTRADICTIONS[contradiction]}.</p>` : '';
  return html`<h3>${ids[one] ?? ''} and ${ids[other] ?? ''}: ${weight.toFixed(1)} bits, a probability of ${probability(weight)}</h3>
${refusal}${chart(steps)}`;
}

function stepsOf({ loaded: { table }, outcome: { weights } }: ReportInput, one: number, other: number): readonly Step[] {
  const { prior, fields, nameOrder, sharedSurroundings } = weights.explain(one, other);
  const levels = weights.levels;
  const compared = table.columns.flatMap((column, index): Step[] => {
    const level = levels[index] ?? NO_LEVEL;
    if (level === NO_LEVEL) return [];
    const name = comparisonOf(column.field.role).levels[level];
    return [
      { label: `${column.field.name}: ${shownValue(column, one)} / ${shownValue(column, other)} (${name})`, bits: fields[index] ?? 0 },
    ];
  });
  return [
    { label: 'any two records', bits: prior },
    ...compared,
    ...(nameOrder === 0 ? [] : [{ label: 'order of the names', bits: nameOrder }]),
    { label: 'as much as households and neighbours share', bits: sharedSurroundings },
  ];
}

function shownValue({ values, ofRecord }: FieldColumn, record: number): string {
  const value = ofRecord[record] ?? MISSING;
  return value === MISSING ? '–' : (values[value]?.text ?? '–');
}

function chart(steps: readonly Step[]): Html {
  const levels = [0];
  for (const { bits } of steps) levels.push((levels.at(-1) ?? 0) + bits);
  const [least, most] = [Math.min(...levels), Math.max(...levels)];
  const x = (bits: number): number => LABEL + ((bits - least) / Math.max(1, most - least)) * (WIDTH - LABEL - 60);
  const rows = steps.map(({ label, bits }, index) => {
    const [from = 0, to = 0] = [levels[index], levels[index + 1]];
    const left = Math.min(x(from), x(to));
    return html`<text x="0" y="${index * ROW + 15}">${shortened(label)}</text>
<rect class="${bits >= 0 ? 'for' : 'against'}" x="${left}" y="${index * ROW + 3}" width="${Math.max(1, Math.abs(x(to) - x(from)))}" height="${ROW - 6}"/>
<text x="${Math.max(x(from), x(to)) + 4}" y="${index * ROW + 15}">${bits >= 0 ? '+' : ''}${bits.toFixed(1)}</text>`;
  });
  const height = steps.length * ROW + 8;
  return html`<svg viewBox="0 0 ${WIDTH} ${height}" width="100%" role="img"><line x1="${x(0)}" x2="${x(0)}" y1="0" y2="${height}" stroke="currentColor"
stroke-opacity=".4"/>${rows}</svg>`;
}

function shortened(label: string): string {
  return label.length <= 68 ? label : `${label.slice(0, 67)}…`;
}

function probability(weight: number): string {
  return (1 / (1 + 2 ** -weight)).toFixed(4);
}
