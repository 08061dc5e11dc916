import { parseArgs } from 'node:util';
import { messageRun } from './messageRun';
import { segmentRun } from './segmentRun';

/**
 * npm run faults: kill -9 in the middle of 100,000 messages (FAULTS_MESSAGES); with `-- --segments --changes 100000 --seed 1` in the middle of so many changes
 * of memberships. Ends with 1 where anything was lost, told twice, or invented.
 */
const { values } = parseArgs({
  options: {
    segments: { type: 'boolean', default: false },
    changes: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
  },
});
const run = values.segments
  ? segmentRun(Number(values.changes), Number(values.seed))
  : messageRun(Number(process.env['FAULTS_MESSAGES'] ?? 100_000));

void run.then((good) => process.exit(good ? 0 : 1));
