import { createLogger } from '../../../src/app/logger';
import { FaultLog } from '../../../src/app/operations/faultLog';

let nowMs = 0;
let lines: { msg: string; times?: number; err: { code?: string } }[];
let faults: FaultLog;
beforeEach(() => {
  lines = [];
  faults = new FaultLog(createLogger('info', 'test', { write: (line) => void lines.push(JSON.parse(line)) }), () => nowMs);
});

const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:6379'), { code: 'ECONNREFUSED' });

it('logs a fault at once, and again once in ten seconds, with how often it was since', () => {
  for (let times = 0; times < 5; times++) faults.warn(refused, 'the queue failed');
  nowMs += 9_999;
  faults.warn(refused, 'the queue failed');
  expect(lines).toHaveLength(1);
  nowMs += 1;
  faults.warn(refused, 'the queue failed');
  expect(lines.map(({ times }) => times)).toEqual([undefined, 6]);
});

it('tells faults apart by what they are and where', () => {
  faults.warn(refused, 'the queue failed');
  faults.warn(refused, 'a job failed');
  faults.warn(Object.assign(new Error('broken'), { code: 'EPIPE' }), 'the queue failed');
  faults.warn(new Error('broken elsewhere'), 'the queue failed');
  expect(lines).toHaveLength(4);
});

it('forgets kinds of faults rather than to remember ever more of them', () => {
  const number = (count: number) => {
    for (let kind = 0; kind < count; kind++) faults.warn(refused, `fault ${kind}`);
  };
  number(150);
  number(50);
  expect(lines.length).toBeGreaterThanOrEqual(150);
  expect(lines.length).toBeLessThanOrEqual(200);
});
