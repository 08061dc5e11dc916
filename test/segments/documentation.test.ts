import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseComputedTrait } from '../../src/segments/parseComputedTrait';
import { parseDefinition } from '../../src/segments/parseDefinition';

const text = readFileSync(join(__dirname, '..', '..', 'docs', 'segments.md'), 'utf8');
const conditions = [...text.matchAll(/`(\{"[^`]*\})`/g)].map(([, json]) => json as string);
const traits = [...text.matchAll(/```json\n(.*?)```/gs)].map(([, json]) => json as string);

it.each(conditions)('explains a condition that is one: %s', (json) => {
  expect(parseDefinition(JSON.parse(json)).json).toEqual(JSON.parse(json));
});

it('explains computed traits that are some', () => {
  expect(traits.map((json) => parseComputedTrait(JSON.parse(json)).aggregate)).toEqual(['maximum']);
});

it('shows a refusal as it is worded', () => {
  const faulty = {
    all: [{ trait: 'plan', op: 'is', value: 1 }, { event: { kind: 'ORDER_PLACED', where: [{ property: 'total', op: 'gte' }] } }],
  };
  expect(() => parseDefinition(faulty)).toThrow(text.match(/```\n(all\[0\].*?)\n```/)?.[1]);
  expect(conditions.length).toBeGreaterThan(10);
});
