import { dayOrderOf, parseEventTime } from '../../../src/app/journeys/eventTime';

const iso = (text: string, order: 'DAY_FIRST' | 'MONTH_FIRST' = 'DAY_FIRST') => new Date(parseEventTime(text, order)).toISOString();

it.each([
  ['2010-12-30', '2010-12-30T00:00:00.000Z'],
  ['2010-12-30T11:02:00Z', '2010-12-30T11:02:00.000Z'],
  ['2010-12-30T11:02:00.500+01:00', '2010-12-30T10:02:00.500Z'],
  ['2010-12-30 11:02:00+0100', '2010-12-30T10:02:00.000Z'],
  ['2010-12-30 11:02:00-05', '2010-12-30T16:02:00.000Z'],
  ['2010-12-30 11:02:00 UTC', '2010-12-30T11:02:00.000Z'],
  ['2010/12/30 11:02:00.123', '2010-12-30T11:02:00.123Z'],
  ['30-12-2010:11.02', '2010-12-30T11:02:00.000Z'],
  ['30.12.2010 11:02', '2010-12-30T11:02:00.000Z'],
  ['30-Dec-2010 11:02:03', '2010-12-30T11:02:03.000Z'],
  ['5/1/2011 3:04 PM', '2011-01-05T15:04:00.000Z'],
  ['5/1/2011 12:04 am', '2011-01-05T00:04:00.000Z'],
  ['1293703320', '2010-12-30T10:02:00.000Z'],
  ['1293703320000', '2010-12-30T10:02:00.000Z'],
  ['1293703320000000', '2010-12-30T10:02:00.000Z'],
  ['1293703320000000000', '2010-12-30T10:02:00.000Z'],
  ['2012-02-29 00:00', '2012-02-29T00:00:00.000Z'],
])('reads %s', (text, expected) => {
  expect(iso(text)).toBe(expected);
});

it('reads months first where it is told so', () => {
  expect(iso('12/30/2010 11:02 AM', 'MONTH_FIRST')).toBe('2010-12-30T11:02:00.000Z');
});

it('tells microseconds apart', () => {
  const at = (text: string) => parseEventTime(`2010-12-30T11:02:00.${text}Z`, 'DAY_FIRST');
  expect(at('000001')).toBeLessThan(at('000002'));
});

it.each(['', 'soon', '2011-02-29', '2010-13-01', '2010-12-30 25:00', '12345', '32-01-2011', '01-Foo-2011'])(
  'takes "%s" for no time',
  (text) => {
    expect(parseEventTime(text, 'DAY_FIRST')).toBeNaN();
  },
);

it.each([
  ['31/01/2011', 'DAY_FIRST'],
  ['01/31/2011 10:00', 'MONTH_FIRST'],
  ['01/02/2011', null],
  ['2011-01-31', undefined],
  ['01-Feb-2011', undefined],
])('tells from %s whether days or months come first: %s', (text, order) => {
  expect(dayOrderOf(text)).toBe(order);
});
