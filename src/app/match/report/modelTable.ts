import type { FieldModel } from '../../../identity/matching/matchModel';
import { comparisonOf } from '../../../identity/matching/roles';
import { type Html, html } from './html';
import type { ReportInput } from './renderReport';

/** What the model has learned: for each level how probable it is for one person's records (m), for any two people's (u), and its weight. */
export function modelTable({ outcome: { model, estimate } }: ReportInput): Html {
  const { match, household, place } = model.classes;
  return html`<h2>The model</h2>
<p>Learned without labels in ${estimate.logLikelihoods.length} rounds. Of all pairs ${share(match)} are matches, ${share(household)} two people
of one household, ${share(place)} two people of one place. Weights are log2(m / u); where values are the same, rare ones weigh more.</p>
<table><tr><th>field</th><th>level</th><th>m</th><th>u</th><th>household</th><th>weight</th></tr>
${model.fields.flatMap(fieldRows)}</table>`;
}

function fieldRows({ field, levels }: FieldModel): readonly Html[] {
  const names = comparisonOf(field.role).levels;
  return levels.map(
    ({ match, random, household }, level) => html`<tr><td>${level === 0 ? field.name : ''}</td><td>${names[level] ?? ''}</td>
<td class="number">${share(match)}</td><td class="number">${share(random)}</td><td class="number">${share(household)}</td>
<td class="number">${Math.log2(match / random).toFixed(1)}</td></tr>`,
  );
}

function share(probability: number): string {
  return probability >= 0.001 ? `${(100 * probability).toFixed(1)} %` : probability.toExponential(1);
}
