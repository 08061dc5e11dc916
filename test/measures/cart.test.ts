import fc from 'fast-check';
import type { JsonObject } from '../../src/kernel/json';
import { cartOf } from '../../src/measures/cart';
import type { Fact } from '../../src/measures/fact';
import { aFact, anOrder, asTheyCome, day, HOUR_MS, money } from './commerceFacts';

const update = (atMs: number, name: string, properties: JsonObject) => aFact('CART_UPDATED', atMs, properties, { name });
const added = (atMs: number, properties: JsonObject) => update(atMs, 'Product Added', { cart_id: 'c', currency: 'EUR', ...properties });
const removed = (atMs: number, properties: JsonObject) => update(atMs, 'Product Removed', { cart_id: 'c', ...properties });
const pieces = (facts: readonly Fact[]) =>
  Object.fromEntries(cartOf(facts, day(9))?.items.map(({ product_id, quantity }) => [product_id, quantity]) ?? []);

describe('the cart', () => {
  it('holds what was added and not removed', () => {
    const facts = [
      added(day(1), { product_id: 'a', price: '19.50', name: 'Monopoly' }),
      added(day(1) + 1, { product_id: 'b', price: 0.1, quantity: 3 }),
      added(day(1) + 2, { product_id: 'a', price: '19.50' }),
      removed(day(1) + 3, { product_id: 'b', quantity: 1 }),
    ];
    const cart = cartOf(facts, day(1) + 10)!;
    expect(pieces(facts)).toEqual({ a: 2, b: 2 });
    expect(cart).toMatchObject({ externalId: 'c', value: money('39.20'), updatedAtMs: day(1) + 3, abandoned: false });
    expect(cart.items[0]).toEqual({ product_id: 'a', price: '19.50', name: 'Monopoly', currency: 'EUR', quantity: 2 });
    expect(pieces([...facts, removed(day(2), { product_id: 'a' }), removed(day(2), { product_id: 'unknown' })])).toEqual({ b: 2 });
  });

  it('is what a message with the whole cart says', () => {
    const whole = update(day(2), 'Cart Viewed', { cart_id: 'c', currency: 'EUR', products: [{ product_id: 'z', price: 5, quantity: 2 }] });
    expect(pieces([added(day(1), { product_id: 'a' }), whole])).toEqual({ z: 2 });
    expect(cartOf([added(day(1), { product_id: 'a' }), { ...whole, occurredAtMs: day(0) }], day(2))!.items).toHaveLength(2);
  });

  it('is there no more once it is emptied, by whole, by word or by the last removal', () => {
    const full = added(day(1), { product_id: 'a' });
    expect(cartOf([full, update(day(2), 'Cart Updated', { cart_id: 'c', products: [] })], day(3))).toBeNull();
    expect(cartOf([full, update(day(2), 'Cart Emptied', { cart_id: 'c' })], day(3))).toBeNull();
    expect(cartOf([full, removed(day(2), { product_id: 'a' })], day(3))).toBeNull();
    expect(cartOf([], day(3))).toBeNull();
  });

  it('ends with its order; an order that names no cart ends all', () => {
    const [first, second] = [added(day(1), { product_id: 'a' }), added(day(1), { product_id: 'b', cart_id: 'd' })];
    const ordered = aFact('ORDER_PLACED', day(2), { order_id: '1', cart_id: 'd' });
    expect(cartOf([first, second, ordered], day(3))!.externalId).toBe('c');
    expect(cartOf([first, second, anOrder(day(2), '1', 5)], day(3))).toBeNull();
    expect(cartOf([anOrder(day(0), '1', 5), first], day(3))!.externalId).toBe('c');
  });

  it('ends with an order of the checkout that was started from it', () => {
    const checkout = aFact('CHECKOUT_STARTED', day(2), { cart_id: 'c', checkout_id: 'k', products: [{ product_id: 'a' }] });
    const other = added(day(1), { product_id: 'b', cart_id: 'd' });
    const ordered = aFact('ORDER_PLACED', day(3), { order_id: '1', checkout_id: 'k' });
    expect(cartOf([added(day(1), { product_id: 'a' }), checkout, other, ordered], day(4))!.externalId).toBe('d');
  });

  it('is abandoned when nothing has touched it for an hour, to the millisecond', () => {
    const facts = [added(day(1), { product_id: 'a' }), update(day(1) + HOUR_MS, 'Coupon Applied', { cart_id: 'c', coupon_id: 'x' })];
    expect(cartOf(facts, day(1) + 2 * HOUR_MS - 1)).toMatchObject({ abandoned: false, abandonedAtMs: day(1) + 2 * HOUR_MS });
    expect(cartOf(facts, day(1) + 2 * HOUR_MS)!.abandoned).toBe(true);
  });

  it('stands as it stood at an earlier time', () => {
    const facts = [added(day(1), { product_id: 'a' }), added(day(2), { product_id: 'b' })];
    expect(cartOf(facts, day(1))!.items).toHaveLength(1);
    expect(cartOf(facts, day(0))).toBeNull();
  });

  it('has no value where a price is missing or of another currency, unless the source says one', () => {
    const priced = added(day(1), { product_id: 'a', price: 5 });
    expect(cartOf([priced, added(day(2), { product_id: 'b' })], day(3))!.value).toBeNull();
    expect(cartOf([priced, added(day(2), { product_id: 'b', price: 5, currency: 'USD' })], day(3))!.value).toBeNull();
    const stated = update(day(2), 'Cart Updated', { cart_id: 'c', value: '7.50', currency: 'EUR', products: [{ product_id: 'a' }] });
    expect(cartOf([priced, stated], day(3))!.value).toEqual(money('7.50'));
  });

  it('is the same in whatever order messages come, and however often', () => {
    const steps = fc.array(
      fc.record({
        name: fc.constantFrom('Product Added', 'Product Removed', 'Cart Viewed', 'Cart Emptied', 'Order'),
        atDay: fc.integer({ min: 0, max: 3 }),
        cart_id: fc.constantFrom('c', 'd', undefined),
        product_id: fc.constantFrom('a', 'b'),
        quantity: fc.constantFrom(1, 2, undefined),
      }),
      { maxLength: 10 },
    );
    const facts = steps.map((list) =>
      list.map(({ name, atDay, ...properties }) =>
        name === 'Order' ? aFact('ORDER_PLACED', day(atDay), properties) : update(day(atDay), name, properties),
      ),
    );
    fc.assert(
      fc.property(
        facts.chain((made) => fc.tuple(fc.constant(made), asTheyCome(made))),
        ([made, come]) => {
          expect(cartOf(come, day(9))).toEqual(cartOf(made, day(9)));
        },
      ),
    );
  });
});
