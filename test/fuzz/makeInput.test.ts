import { slopeOf } from '../../bench/fuzz/heap';
import { makeInput } from '../../bench/fuzz/makeInput';
import { Nonsense } from '../../bench/fuzz/nonsense';
import { FUZZED_VENDORS } from '../../bench/fuzz/webhookInputs';
import { buildSchema } from '../../src/api/schema';
import { WEBHOOK_VENDORS } from '../../src/intake/webhooks/vendors';

const schema = buildSchema();
const vendors = [{ type: 'stripe', path: '/webhooks/src_2', secret: 's' }];
const target = { address: 'http://127.0.0.1:1', apiKey: 'api', writeKey: 'write', vendors };
const makingOf = (seed: number) => ({ seed, schema, nonsense: new Nonsense(seed), target, ids: [] });
function inputs(seed: number, count: number) {
  const making = makingOf(seed);
  return Array.from({ length: count }, (_, index) => makeInput(index, making));
}

it('makes the same inputs of the same seed, and others of another', () => {
  jest.useFakeTimers({ now: 0 });
  expect(inputs(1, 60)).toEqual(inputs(1, 60));
  expect(inputs(1, 60)).not.toEqual(inputs(2, 60));
  jest.useRealTimers();
});

it('makes inputs for every root field of the schema and every vendor, and of every kind', () => {
  const made = inputs(1, 4_000);
  const bodies = made.map(({ input }) => (input.kind === 'http' ? `${input.path}\n${input.body ?? ''}` : '')).join('\n');
  const fields = [schema.getQueryType(), schema.getMutationType()].flatMap((root) => Object.keys(root?.getFields() ?? {}));
  expect(fields.filter((field) => !new RegExp(`\\b${field}\\b`).test(bodies))).toEqual([]);
  expect(new Set(made.map(({ kind }) => kind)).size).toBe(13);
  expect(new Set(made.map(({ input }) => input.kind))).toEqual(new Set(['http', 'raw', 'socket']));
  expect([...FUZZED_VENDORS].sort()).toEqual([...WEBHOOK_VENDORS.keys()].sort());
});

it('tells by the slope whether a heap grows, whatever it did in the first half', () => {
  const points = (late: (sent: number) => number) =>
    Array.from({ length: 20 }, (_, n) => ({ sent: n * 1_000, bytes: n < 10 ? n * 5_000_000 : late(n * 1_000) }));
  expect(slopeOf(points(() => 50_000_000))).toBe(0);
  expect(slopeOf(points((sent) => sent * 700))).toBeCloseTo(700_000);
});
