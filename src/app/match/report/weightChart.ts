import { type Html, html } from './html';
import type { ReportInput } from './renderReport';

const WIDTH = 900;
const HEIGHT = 180;

/** How many pairs have which weight, on a logarithmic scale, and where the threshold stands. */
export function weightChart({ outcome: { histogram }, flags }: ReportInput): Html {
  const bars = histogram.bars();
  const step = WIDTH / bars.length;
  const highest = Math.log10(1 + Math.max(...bars.map(({ pairs }) => pairs), 1));
  const threshold = Math.log2(flags.threshold / (1 - flags.threshold));
  const x = (weight: number): number => (weight - (bars[0]?.weight ?? 0)) * step;
  return html`<h2>Weights of all pairs</h2>
<svg viewBox="0 0 ${WIDTH} ${HEIGHT + 30}" width="100%" role="img" aria-label="Pairs by weight">
${bars.map(({ weight, pairs }) => {
  const height = (Math.log10(1 + pairs) / highest) * HEIGHT;
  return html`<rect class="${weight >= threshold ? 'for' : 'against'}" x="${x(weight)}" y="${HEIGHT - height}" width="${step - 1}" height="${height}">
<title>${pairs} pairs from ${weight} to ${weight + 1} bits</title></rect>`;
})}
<line x1="${x(threshold)}" x2="${x(threshold)}" y1="0" y2="${HEIGHT}" stroke="currentColor" stroke-dasharray="4 3"/>
${[-30, -20, -10, 0, 10, 20, 30, 40, 50].map((weight) => html`<text x="${x(weight)}" y="${HEIGHT + 18}">${weight}</text>`)}
</svg><p>Bits: log2 of the odds that two records are one person. The line is the threshold.</p>`;
}
