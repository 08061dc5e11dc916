import { type Html, html } from './html';
import type { ReportInput } from './renderReport';

/** What each blocking rule found. */
export function ruleTable({ outcome: { rules } }: ReportInput): Html {
  return html`<h2>Where pairs were looked for</h2>
<p>Records are compared when they agree on all parts of one rule. A pair counts for the first rule that finds it; blocks with too many records are left
out.</p>
<table><tr><th>rule</th><th>blocks</th><th>largest</th><th>records in blocks left out</th><th>new pairs</th></tr>
${rules.map(
  ({ rule, blocks, largestBlock, recordsInOversizedBlocks, pairs }) => html`<tr><td>${rule}</td><td class="number">${blocks}</td>
<td class="number">${largestBlock}</td><td class="number">${recordsInOversizedBlocks}</td><td class="number">${pairs}</td></tr>`,
)}</table>`;
}
