import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PairScore, readCsvPairs, scorePairs } from '../../../bench/matching/score';
import { matchFile } from '../../../src/app/match/matchFile';
import { readMatchFlags } from '../../../src/app/match/matchFlags';

const folder = mkdtempSync(join(tmpdir(), 'throughline-quality-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** How well a labelled set is matched by the command as it stands, without any flag that tells it anything. */
async function scoreOf(dataSet: string): Promise<PairScore> {
  const source = join('test', 'fixtures', 'matching', dataSet);
  const out = join(folder, `${dataSet}.csv`);
  await matchFile(readMatchFlags([join(source, 'records.csv'), '--out', out, '--report', join(folder, 'report.html')])!, () => undefined);
  return scorePairs(readCsvPairs(out), readCsvPairs(join(source, 'truth.csv')));
}

describe('quality', () => {
  it('on FEBRL 3 is at least 0.995', async () => {
    expect((await scoreOf('febrl3')).f1).toBeGreaterThanOrEqual(0.995);
  }, 60_000);

  it('on the simulated people of Splink is at least 0.90, with a precision of at least 0.97', async () => {
    const { precision, f1 } = await scoreOf('splink_fake_1000');
    expect(precision).toBeGreaterThanOrEqual(0.97);
    expect(f1).toBeGreaterThanOrEqual(0.9);
  }, 60_000);
});
