import { type DocumentNode, parse } from 'graphql';
import { DocumentStore } from '../../src/api/documentStore';

const document: DocumentNode = parse('{ a }');

it('keeps the five hundred documents that were asked for last', async () => {
  const store = new DocumentStore();
  await store.set('first', document);
  await store.set('second', document);
  for (let n = 0; n < 499; n++) {
    expect(await store.get('first')).toBe(document);
    await store.set(`other ${n}`, document);
  }
  expect(await store.get('first')).toBe(document);
  expect(await store.get('second')).toBeUndefined();
  expect(await store.delete('first')).toBe(true);
  expect(await store.get('first')).toBeUndefined();
});
