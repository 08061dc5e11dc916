import { type ColumnRules, ColumnTargets, ownIdType } from '../../../src/app/import/columnTargets';
import { FileFault } from '../../../src/app/import/importRow';
import { toMessage } from '../../../src/app/import/toMessage';
import type { JsonObject } from '../../../src/kernel/json';

const targets = (rules: Partial<ColumnRules> = {}) =>
  new ColumnTargets({ mapped: new Map(), idColumn: null, ownIdType: 'crm.id', ...rules });
const shown = (columns: readonly string[], rules: Partial<ColumnRules> = {}) => {
  const all = targets(rules);
  for (const column of columns) all.of(column);
  return Object.fromEntries(all.shown());
};
const message = (record: JsonObject, rules: Partial<ColumnRules> = {}, row = 1) => toMessage({ row, line: row, record }, targets(rules));

describe('columns', () => {
  it('are guessed by the names that exports have, in whatever way they are written', () => {
    expect(
      shown(['Customer ID', 'E-Mail', 'Phone Number', 'First Name', 'last_name', 'Created At', 'Last Modified', 'Lieblingsfarbe']),
    ).toEqual({
      'Customer ID': 'crm.id',
      'E-Mail': 'email',
      'Phone Number': 'phone',
      'First Name': 'firstName',
      last_name: 'lastName',
      'Created At': 'createdAt',
      'Last Modified': 'timestamp',
      Lieblingsfarbe: 'Lieblingsfarbe',
    });
  });

  it('are what is said of them, before what is guessed', () => {
    const mapped = new Map([
      ['Mail', '-'],
      ['Ticket', 'zendesk.user_id'],
      ['Nick', 'name'],
    ]);
    expect(shown(['id', 'Mail', 'Ticket', 'Nick', 'Full Name'], { mapped, idColumn: 'id' })).toEqual({
      id: 'user_id',
      Mail: '-',
      Ticket: 'zendesk.user_id',
      Nick: 'name',
      'Full Name': 'Full Name',
    });
  });

  it('do not share a target: the second stays a trait of its own name', () => {
    expect(shown(['email', 'Work Email'])).toEqual({ email: 'email', 'Work Email': 'Work Email' });
    const mapped = new Map([
      ['a', 'email'],
      ['b', 'email'],
    ]);
    expect(() => targets({ mapped })).toThrow(FileFault);
  });

  it.each([
    ['crm', 'crm.id'],
    ['Sales Force!', 'sales_force.id'],
    ['顧客', 'source.id'],
  ])('hold the own ids of the source %s as %s', (source, type) => expect(ownIdType(source)).toBe(type));
});

describe('a message', () => {
  it('is an identify with what the row says, and nothing of empty cells', () => {
    expect(
      message({ uid: 'u1', id: '7', email: 'Ada@Example.com', 'First Name': 'Ada', plan: '', 'updated at': '2026-01-02T03:04:05Z' }),
    ).toEqual({
      type: 'identify',
      userId: 'u1',
      timestamp: '2026-01-02T03:04:05Z',
      traits: Object.assign(Object.create(null), { email: 'Ada@Example.com', firstName: 'Ada' }),
      context: { externalIds: [{ id: '7', type: 'crm.id', collection: 'users', encoding: 'none' }] },
      messageId: expect.stringMatching(/^import-[\w-]{32}$/),
    });
  });

  it('goes by the strongest of what is there where the row has no id of the protocol, the same in each row', () => {
    const [first, second] = [message({ email: 'ada@example.com', plan: 'a' }), message({ email: ' ADA@example.com', plan: 'b' })];
    expect(first['anonymousId']).toMatch(/^import-/);
    expect(second['anonymousId']).toBe(first['anonymousId']);
    expect(message({ id: '1', email: 'ada@example.com' })['anonymousId']).not.toBe(first['anonymousId']);
    expect(message({ city: 'Berlin' })['anonymousId']).toBeUndefined();
  });

  it('is named by what it says: the same again, another when it is read in another way', () => {
    const record = { id: '1', email: 'ada@example.com' };
    expect(message(record, {}, 5)['messageId']).toBe(message(record, {}, 6)['messageId']);
    expect(message(record, { idColumn: 'id' })['messageId']).not.toBe(message(record)['messageId']);
  });

  it('is the record itself where that is a message, two alike told apart by their rows', () => {
    const track = { type: 'track', userId: 'ada', event: 'Order Completed', properties: { total: 1 } };
    expect(message(track)).toEqual({ ...track, messageId: expect.any(String) });
    expect(message(track, {}, 1)['messageId']).not.toBe(message(track, {}, 2)['messageId']);
    expect(message({ ...track, messageId: 'own' })['messageId']).toBe('own');
    expect(message({ type: 'track', email: 'a@b.co' })['type']).toBe('identify');
  });
});
