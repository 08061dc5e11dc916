import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { valueFit } from '../../../src/app/valueFit/valueFit';
import { readValueFitFlags } from '../../../src/app/valueFit/valueFitFlags';
import { CDNOW_CUSTOMERS } from '../../measures/value/cdnow';
import { CDNOW, CDNOW_SPEND, Draws } from '../../measures/value/simulated';

const folder = mkdtempSync(join(tmpdir(), 'throughline-value-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const DAY_MS = 86_400_000;
const FIRST_MS = Date.UTC(1997, 0, 1);

type Line = readonly [customer: string, date: string, amount: string];

/** The first customer of the CDNOW sample: 0001, with the purchase in the holdout. */
const CUSTOMER_0001: readonly Line[] = [
  ['0001', '1997-01-01', '29.33'],
  ['0001', '1997-01-18', '29.73'],
  ['0001', '1997-08-02', '14.96'],
  ['0001', '1997-12-12', '26.48'],
];

/** A shop of the published parameters: customers who come in the first twelve weeks of 1997, with all they buy in that year and a half. */
function shop(count: number, seed: number): readonly Line[] {
  const draws = new Draws(seed);
  const lines: Line[] = [];
  for (let customer = 0; customer < count; customer++) {
    const rate = draws.gamma(CDNOW.r, CDNOW.alpha);
    const leaving = draws.beta(CDNOW.a, CDNOW.b);
    const spending = draws.gamma(CDNOW_SPEND.q, CDNOW_SPEND.v);
    const firstWeek = draws.uniform() * 12;
    for (let week = firstWeek; week < 78; week += draws.exponential(rate)) {
      const date = new Date(FIRST_MS + Math.floor(week * 7) * DAY_MS).toISOString().slice(0, 10);
      lines.push([`c${customer}`, date, draws.gamma(CDNOW_SPEND.p, spending).toFixed(2)]);
      if (week > firstWeek && draws.uniform() < leaving) break;
    }
  }
  return lines;
}

/**
 * Transactions of the CDNOW sample up to 1997-09-30 that have its published frequencies, recencies, ages and means; the days between a customer's
 * first and last are not published with them, and do not count.
 */
function cdnow(): readonly Line[] {
  const untilMs = Date.UTC(1997, 8, 30);
  const date = (daysBefore: number) => new Date(untilMs - daysBefore * DAY_MS).toISOString().slice(0, 10);
  return CDNOW_CUSTOMERS.flatMap(({ frequency, recencyDays, ageDays, meanCents }, index): Line[] => {
    const id = String(index + 1).padStart(4, '0');
    const repeats = Array.from({ length: frequency }, (_, repeat) => date(ageDays - recencyDays + repeat));
    return [[id, date(ageDays), '99.99'], ...repeats.map((day): Line => [id, day, (meanCents / 100).toFixed(2)])];
  });
}

const SHOP = shop(1_500, 1);
const csv = (lines: readonly Line[], header = 'customer,date,amount') => `${[header, ...lines.map((line) => line.join(','))].join('\n')}\n`;

interface Outcome {
  readonly numbers: ReadonlyMap<string, number>;
  /** By customer, by column. */
  readonly expectations: ReadonlyMap<string, Readonly<Record<string, string>>>;
  readonly printed: string;
  readonly said: string;
}

async function fitted(content: string | Buffer, ...flags: string[]): Promise<Outcome> {
  const path = join(folder, 'transactions.csv');
  writeFileSync(path, content);
  let printed = '';
  const output = new Writable({
    write(chunk, _encoding, done) {
      printed += String(chunk);
      done();
    },
  });
  const said: string[] = [];
  await valueFit(readValueFitFlags([path, ...flags])!, output, (line) => said.push(line));
  const [parameters = '', table = ''] = printed.split('\n\n');
  const numbers = new Map(
    [...parameters.matchAll(/(\w+|log-likelihood)(?: =|:) (-?[\d.e+-]+)/g)].map(([, name, value]) => [name!, Number(value)]),
  );
  return { numbers, expectations: readExpectations(table), printed, said: said.join('\n') };
}

function readExpectations(table: string): ReadonlyMap<string, Readonly<Record<string, string>>> {
  const [header = [], ...rows] = table
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  return new Map(rows.map((cells) => [cells[0]!, Object.fromEntries(header.map((name, index) => [name, cells[index]!]))]));
}

const UNTIL = ['--until', '1997-09-30', '--unit', 'week'];

describe('npm run value:fit', () => {
  it('reads customer 0001 of the CDNOW sample as Fader and Hardie publish it: x = 2, t_x = 30.43, T = 38.86, mean of repeats 22.35', async () => {
    const { expectations } = await fitted(csv([...CUSTOMER_0001, ...SHOP]), ...UNTIL);
    const { x, t_x, T, mean_repeat_value } = expectations.get('0001')!;
    expect([x, Number(t_x).toFixed(2), Number(T).toFixed(2), mean_repeat_value]).toEqual(['2', '30.43', '38.86', '22.345']);
  });

  it.each([
    ['1997-01-01', 'customer,date,amount', (line: Line) => line.join(',')],
    ['19970101', 'customer,date,amount', ([id, date, amount]: Line) => [id, date.replaceAll('-', ''), amount].join(',')],
    [
      'CDNOW_master.txt',
      ' customer_id  date number_of_cds  dollar_value',
      ([id, date, amount]: Line) => ` ${id} ${date.replaceAll('-', '')}  1   ${amount}`,
    ],
  ])('prints the published parameters of the CDNOW sample from dates and columns as in %s', async (_, header, write) => {
    const { numbers, printed, expectations } = await fitted(`${[header, ...cdnow().map(write)].join('\n')}\n`, ...UNTIL, '--horizon', '39');
    expect(printed).toContain('customers: 2357, with repeated orders: 946\n');
    expect(['r', 'alpha', 'a', 'b'].map((name) => numbers.get(name)!.toFixed(3))).toEqual(['0.243', '4.414', '0.793', '2.426']);
    expect(['p', 'q', 'v'].map((name) => numbers.get(name)!.toFixed(2))).toEqual(['6.25', '3.74', '15.45']);
    expect(printed).toMatch(/BG\/NBD log-likelihood: -9582\.4\d*\nGamma-Gamma .*\nGamma-Gamma log-likelihood: -4055\.9\d*\n/);
    expect(expectations.get('0001')).toMatchObject({ x: '2', t_x: '30.428571', T: '38.857143', mean_repeat_value: '22.35' });
    expect(Number(expectations.get('0001')!['expected_orders']).toFixed(3)).toBe('1.226');
  });

  it('finds about the parameters that made the shop, and expects what comes', async () => {
    const lines = shop(12_000, 5);
    const { numbers, printed, expectations } = await fitted(csv(lines), ...UNTIL, '--horizon', '39week');
    for (const [name, value] of Object.entries({ ...CDNOW, ...CDNOW_SPEND })) {
      expect([name, numbers.get(name)! / value > 0.7 && numbers.get(name)! / value < 1.4]).toEqual([name, true]);
    }
    expect(printed).toMatch(/BG\/NBD log-likelihood: -\d+/);
    expect(printed).toMatch(/Gamma-Gamma log-likelihood: -\d+/);
    const holdout = lines.filter(([, date]) => date > '1997-09-30' && date <= '1998-06-30');
    const orders = new Set(holdout.map(([customer, date]) => `${customer}/${date}`)).size;
    const spent = holdout.reduce((sum, [, , amount]) => sum + Number(amount), 0);
    const total = (column: string) => [...expectations.values()].reduce((sum, row) => sum + Number(row[column]), 0);
    expect(total('expected_orders') / orders).toBeCloseTo(1, 1);
    expect(total('expected_value') / spent).toBeCloseTo(1, 0.9);
  });

  it('leaves out what comes after --until, and customers who only came then', async () => {
    const calibration = SHOP.filter(([, date]) => date <= '1997-09-30');
    const late: Line = ['late', '1997-10-01', '10'];
    expect((await fitted(csv([...SHOP, late]), ...UNTIL)).printed).toBe((await fitted(csv(calibration), ...UNTIL)).printed);
  });

  it('takes all of a day for one order day, the amounts summed', async () => {
    const split = CUSTOMER_0001.flatMap(([customer, date, amount]): Line[] => [
      [customer, date, '0.10'],
      [customer, date, (Number(amount) - 0.1).toFixed(2)],
    ]);
    const whole = await fitted(csv([...SHOP, ...CUSTOMER_0001]), ...UNTIL);
    expect((await fitted(csv([...SHOP, ...split]), ...UNTIL)).printed).toBe(whole.printed);
  });

  it('comes to the same parameters in whatever order the lines stand', async () => {
    const { numbers } = await fitted(csv(SHOP), ...UNTIL);
    expect((await fitted(csv([...SHOP].reverse()), ...UNTIL)).numbers).toEqual(numbers);
  });

  it('reads yyyymmdd, other names and orders of columns, semicolons, gzip, and counted days', async () => {
    const { numbers } = await fitted(csv(SHOP), ...UNTIL);
    const dense = SHOP.map(([customer, date, amount]) => [amount, date.replaceAll('-', ''), customer].join(';'));
    const german = gzipSync(['Betrag;Datum;Kundennummer', ...dense].join('\r\n'));
    expect((await fitted(german, ...UNTIL)).numbers).toEqual(numbers);
    const counted = SHOP.map(([customer, date, amount]): Line => [customer, String((Date.parse(date) - FIRST_MS) / DAY_MS), amount]);
    expect((await fitted(csv(counted, 'customer,day,amount'), '--until', '272', '--unit', 'week')).numbers).toEqual(numbers);
  });

  it('reads the sample as it is published: no names of columns, blanks between them', async () => {
    const { numbers } = await fitted(csv(SHOP), ...UNTIL);
    const lines = SHOP.map(([customer, date, amount]) => ` ${customer} ${customer} ${date.replaceAll('-', '')}  2  ${amount}`);
    expect((await fitted(`${lines.join('\n')}\n`, ...UNTIL)).numbers).toEqual(numbers);
  });

  it('takes columns by flag', async () => {
    const lines = SHOP.map(([customer, date, amount]) => [customer, '2020-01-01', amount, date, '7'].join(','));
    const header = 'who,date,paid,bought,amount';
    const { said, numbers } = await fitted([header, ...lines].join('\n'), ...UNTIL, '--customer', 'who', '--date', '4', '--amount', 'paid');
    expect(said).toContain('columns: customer who, date bought, amount paid');
    expect(numbers).toEqual((await fitted(csv(SHOP), ...UNTIL)).numbers);
  });

  it('looks 90 days ahead, or as far as it is told, in any unit', async () => {
    const expected = async (...flags: string[]) =>
      Number((await fitted(csv([...SHOP, ...CUSTOMER_0001]), ...UNTIL, ...flags)).expectations.get('0001')!['expected_orders']);
    const inNinetyDays = await expected();
    expect(await expected('--horizon', '90days')).toBe(inNinetyDays);
    const inYear = await expected('--horizon', '39');
    expect(inYear).toBe(await expected('--horizon', '273day'));
    expect(inYear).toBeGreaterThan(inNinetyDays);
  });

  it('works without amounts, on ordering alone', async () => {
    const lines = SHOP.map(([customer, date]) => `${customer},${date}`);
    const { numbers, printed, expectations } = await fitted(['customer,date', ...lines].join('\n'), ...UNTIL);
    expect(numbers.get('r')).toBe((await fitted(csv(SHOP), ...UNTIL)).numbers.get('r'));
    expect(printed).not.toContain('Gamma-Gamma');
    expect(expectations.get('c0')!['expected_value']).toBe('');
  });

  it('takes a day that came to less than nothing for a refund and no order day', async () => {
    const { printed } = await fitted(csv(SHOP), ...UNTIL);
    const refunded = await fitted(csv([...SHOP, ['c0', '1997-09-29', '-12.50']]), ...UNTIL);
    expect(refunded.printed).toBe(printed);
    expect(refunded.said).toContain('1 days came to less than nothing');
  });

  it('writes the expectations to a file where one is named', async () => {
    const out = join(folder, 'expectations.csv');
    const { printed } = await fitted(csv(SHOP), ...UNTIL, '--out', out);
    expect(printed).not.toContain('customer,x');
    const customers = new Set(SHOP.filter(([, date]) => date <= '1997-09-30').map(([customer]) => customer));
    expect([...readExpectations(readFileSync(out, 'utf8')).keys()]).toEqual([...customers]);
  });

  it.each<[string, string, string[], string, RegExp]>([
    ['an empty file', '', [], 'FILE_EMPTY', /no transactions/],
    ['a header alone', 'customer,date,amount\n', [], 'FILE_EMPTY', /no transactions/],
    ['a date that is none', 'customer,date,amount\na,1997-01-01,1\nb,1997-02-30,1\n', [], 'TRANSACTIONS_UNUSABLE', /date/],
    ['a date that may be two', 'customer,date,amount\na,3/4/1997,1\n', [], 'TRANSACTIONS_UNUSABLE', /date/],
    [
      'an amount that is none',
      'customer,date,amount\na,1997-01-01,1\nb,1997-02-03,"1,50"\n',
      [],
      'TRANSACTIONS_UNUSABLE',
      /Line 3: "1,50"/,
    ],
    ['nobody', 'customer,date,amount\na,1997-01-01,1\n,1997-02-03,1\n', [], 'TRANSACTIONS_UNUSABLE', /Line 3/],
    ['nobody who came back', 'customer,date,amount\na,1997-01-01,1\nb,1997-02-03,1\n', [], 'TRANSACTIONS_UNUSABLE', /second day/],
    ['a column that is not there', 'customer,date,amount\na,1997-01-01,1\n', ['--date', 'when'], 'COLUMN_UNKNOWN', /when/],
    ['--until in days where the file has dates', csv(SHOP), ['--until', '272'], 'INVALID_INPUT', /until/],
    ['an unknown unit', csv(SHOP), ['--unit', 'fortnight'], 'INVALID_INPUT', /fortnight/],
    ['a horizon of nothing', csv(SHOP), ['--horizon', '0'], 'INVALID_INPUT', /horizon/],
  ])('refuses %s', async (_, content, flags, code, message) => {
    await expect(fitted(content, ...flags)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });
});
