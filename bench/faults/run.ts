import { parseArgs } from 'node:util';
import { messageRun } from './messageRun';
import { randomRun } from './randomRun';
import { segmentRun } from './segmentRun';

/**
 * npm run faults: a minute of random faults (`-- --minutes 10 --seed 1`); with `-- --messages 100000` kill -9 in the middle of so many messages, with
 * `-- --segments --changes 100000` in the middle of so many changes of memberships. Ends with 1 where anything was lost, told twice, invented, or otherwise than it
 * should be.
 */
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '1' },
    messages: { type: 'string' },
    segments: { type: 'boolean', default: false },
    changes: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
  },
});

function chosenRun(): Promise<boolean> {
  const seed = Number(values.seed);
  if (values.segments) return segmentRun(Number(values.changes), seed);
  if (values.messages !== undefined) return messageRun(Number(values.messages));
  return randomRun(Number(values.minutes), seed);
}

void chosenRun().then((good) => process.exit(good ? 0 : 1));
