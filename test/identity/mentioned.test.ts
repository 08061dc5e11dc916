import { forEachMentioned, Mentions } from '../../src/identity/mentioned';
import type { Json } from '../../src/kernel/json';

function mentioned(json: Json): string[] {
  const found: string[] = [];
  forEachMentioned(json, 'DE', ({ type, value }) => found.push(`${type}:${value}`));
  return found;
}

it.each<[string, Json, string]>([
  ['an id where a message has it', { userId: 'u-1' }, 'user_id:u-1'],
  ['a number as an id', { userId: 42 }, 'user_id:42'],
  ['an anonymous id, deep in a batch', { batch: [{ anonymousId: 'a-1' }] }, 'anonymous_id:a-1'],
  ['an address in a sentence', { text: 'Write to <Ada@Example.com>, please.' }, 'email:ada@example.com'],
  ['an address at the end of a sentence', ['It was ada@example.com.'], 'email:ada@example.com'],
  ['a number as people write it', { note: 'call 030 / 90 18 20 after five' }, 'phone:+4930901820'],
  ['a number with its country', { phone: '+49 30 901820' }, 'phone:+4930901820'],
  ['an external id', { context: { externalIds: [{ type: 'zendesk.user_id', id: 77 }] } }, 'zendesk.user_id:77'],
])('finds %s', (_what, json, expected) => {
  expect(mentioned(json)).toContain(expected);
});

describe('mentions of a customer', () => {
  const mentions = new Mentions(
    [
      { type: 'email', value: 'ada@example.com' },
      { type: 'user_id', value: '42' },
      { type: 'anonymous_id', value: '7f000000-0000-4000-8000-000000000001' },
    ],
    ['prf_01a21f4af3787774aa23065d2083c599'],
    'DE',
  );

  it.each<[string, Json]>([
    ['an address in capitals', { a: ['ADA@EXAMPLE.COM'] }],
    ['a short id where ids stand', { userId: '42' }],
    ['a long id wherever it stands', { whatever: '7F000000-0000-4000-8000-000000000001' }],
    ['a profile id', { target: 'prf_01a21f4af3787774aa23065d2083c599' }],
  ])('are %s', (_what, json) => {
    expect(mentions.isIn(json)).toBe(true);
  });

  it.each<[string, Json]>([
    ['a short value that may be anything', { quantity: 42, total: '42' }],
    ['the address of somebody else', { email: 'adam@example.com' }],
    ['a long id that is part of another', { id: '7f000000-0000-4000-8000-0000000000011' }],
    ['nothing', {}],
  ])('are not %s', (_what, json) => {
    expect(mentions.isIn(json)).toBe(false);
  });
});
