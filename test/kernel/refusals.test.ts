import { readFileSync } from 'node:fs';
import { REFUSALS } from '../../src/kernel/refusals';

describe('the table of refusals', () => {
  it('stands in the documentation, code by code, with status and meaning', () => {
    const documented = readFileSync('docs/refusals.md', 'utf8')
      .split('\n')
      .filter((line) => /^\| [A-Z_]+ \|/.test(line));
    const coded = Object.entries(REFUSALS).map(([code, { http, meaning }]) => `| ${code} | ${http} | ${meaning} |`);
    expect([...documented].sort()).toEqual([...coded].sort());
  });
});
