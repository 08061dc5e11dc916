import type { Json, JsonObject } from '../../../src/kernel/json';
import { propertyMatch } from '../../../src/measures/journeys/propertyMatch';

const order = {
  total: 59.9,
  price: '12.50',
  currency: 'EUR',
  tags: ['new', 'red'],
  note: null,
  order_id: '12345678901234567890',
  gift: false,
};

it.each<[JsonObject, boolean]>([
  [{}, true],
  [{ currency: 'EUR' }, true],
  [{ currency: 'USD' }, false],
  [{ currency: 'EUR', total: 59.9 }, true],
  [{ currency: 'EUR', total: 60 }, false],
  [{ total: '59.9' }, true],
  [{ price: { gt: 12.4, lt: 12.6 } }, true],
  [{ price: { gte: 12.5, lte: 12.5 } }, true],
  [{ price: { gt: 12.5 } }, false],
  [{ total: { lt: 59.9 } }, false],
  [{ currency: { in: ['USD', 'EUR'] } }, true],
  [{ currency: { in: ['USD'] } }, false],
  [{ currency: { neq: 'USD' } }, true],
  [{ missing: { neq: 'USD' } }, false],
  [{ tags: { contains: 'red' } }, true],
  [{ currency: { contains: 'UR' } }, true],
  [{ currency: { startsWith: 'E' } }, true],
  [{ missing: { exists: true } }, false],
  [{ missing: { exists: false } }, true],
  [{ note: { exists: true } }, false],
  [{ total: { exists: true } }, true],
  [{ order_id: '12345678901234567890' }, true],
  [{ order_id: '12345678901234567891' }, false],
  [{ tags: ['new', 'red'] }, true],
  [{ gift: false }, true],
  [{ gift: 0 }, false],
  [{ currency: { gt: 5 } }, false],
])('asks for %j: %s', (where, expected) => {
  expect(propertyMatch(where)?.(order as Record<string, Json>)).toBe(expected);
});

it('does not know other comparisons', () => {
  expect(propertyMatch({ total: { near: 5 } })).toBeUndefined();
});
