import { BoundedCache } from '../../../src/app/journeys/boundedCache';

const of = (bytes: number) => ({ bytes });

it('keeps what fits', () => {
  const cache = new BoundedCache(10);
  cache.set('a', of(5));
  cache.set('b', of(5));
  expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([of(5), of(5), undefined]);
});

it('drops what was not used for longest', () => {
  const cache = new BoundedCache(10);
  cache.set('a', of(5));
  cache.set('b', of(5));
  cache.get('a');
  cache.set('c', of(5));
  expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([of(5), undefined, of(5)]);
});

it('counts a value that is replaced no longer', () => {
  const cache = new BoundedCache(10);
  for (let times = 0; times < 5; times++) cache.set('a', of(5));
  cache.set('b', of(5));
  expect(cache.get('a')).toEqual(of(5));
});

it('does not keep what is larger than all there is', () => {
  const cache = new BoundedCache(10);
  cache.set('a', of(11));
  expect(cache.get('a')).toBeUndefined();
});
