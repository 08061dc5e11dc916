import fc from 'fast-check';
import {
  addMoney,
  compareMoney,
  divideMoney,
  estimatedMoney,
  type Money,
  NO_CURRENCY,
  readMoney,
  splitMoney,
  subtractMoney,
  sumMoney,
  sumsByCurrency,
} from '../../src/kernel/money';

const eur = (amount: string): Money => ({ amount, currency: 'EUR' });
const cents = fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n });
const ofCents = (units: bigint): Money =>
  addMoney(eur('0.00'), divideMoney({ amount: String(units), currency: 'EUR' }, { units: 100n, scale: 0 }));

describe('money', () => {
  it.each<[unknown, unknown, string | null]>([
    [59.9, 'eur', '59.90 EUR'],
    ['59.90', 'EUR', '59.90 EUR'],
    [500, 'JPY', '500 JPY'],
    ['12.5', 'KWD', '12.500 KWD'],
    ['0.0000012', 'USD', '0.0000012 USD'],
    [1.2e-7, 'USD', '0.00000012 USD'],
    [0.1 + 0.2, 'EUR', '0.30 EUR'],
    ['9007199254740993.01', 'EUR', '9007199254740993.01 EUR'],
    [-0, 'EUR', '0.00 EUR'],
    ['-0.00', 'EUR', '0.00 EUR'],
    ['+007.10', 'EUR', '7.10 EUR'],
    [12, undefined, `12.00 ${NO_CURRENCY}`],
    [12, 'euros', `12.00 ${NO_CURRENCY}`],
    ['12,50', 'EUR', null],
    ['€12', 'EUR', null],
    ['', 'EUR', null],
    [Number.NaN, 'EUR', null],
    [Number.POSITIVE_INFINITY, 'EUR', null],
    [null, 'EUR', null],
    [{}, 'EUR', null],
  ])('reads %p and %p as %p', (amount, currency, expected) => {
    const money = readMoney(amount, currency);
    expect(money && `${money.amount} ${money.currency}`).toBe(expected);
  });

  it('adds what binary fractions would get wrong', () => {
    expect(
      sumMoney(
        Array.from({ length: 10 }, () => eur('0.10')),
        'EUR',
      ),
    ).toEqual(eur('1.00'));
    expect(addMoney(eur('9007199254740993.01'), eur('0.01'))).toEqual(eur('9007199254740993.02'));
    expect(subtractMoney(eur('10.00'), eur('12.50'))).toEqual(eur('-2.50'));
  });

  it('never adds or compares two currencies', () => {
    const usd = { amount: '1.00', currency: 'USD' };
    expect(() => addMoney(eur('1.00'), usd)).toThrow('EUR and USD');
    expect(() => compareMoney(eur('1.00'), usd)).toThrow('EUR and USD');
    expect([...sumsByCurrency([eur('1.00'), usd, eur('2.50'), usd]).values()]).toEqual([eur('3.50'), { amount: '2.00', currency: 'USD' }]);
  });

  it.each([
    ['10.00', 3n, '3.33'],
    ['0.05', 2n, '0.03'],
    ['-0.05', 2n, '-0.03'],
    ['0.04', 2n, '0.02'],
    ['100.00', -3n, '-33.33'],
  ])('divides %s by %s to %s, half away from zero', (amount, by, expected) => {
    expect(divideMoney(eur(amount), { units: by, scale: 0 })).toEqual(eur(expected));
  });

  it('divides into the coins that the currency has', () => {
    expect(divideMoney({ amount: '100', currency: 'JPY' }, { units: 3n, scale: 0 })).toEqual({ amount: '33', currency: 'JPY' });
    expect(divideMoney({ amount: '1.000', currency: 'KWD' }, { units: 3n, scale: 0 }).amount).toBe('0.333');
  });

  it('sorts by value, whatever the digits', () => {
    expect(
      ['10.00', '9.5', '-1', '9.50']
        .map(eur)
        .sort(compareMoney)
        .map(({ amount }) => amount),
    ).toEqual(['-1', '9.5', '9.50', '10.00']);
  });

  it('splits into parts that add up again', () => {
    expect(splitMoney(eur('10.00'), [1, 1, 1])).toEqual([eur('3.34'), eur('3.33'), eur('3.33')]);
    expect(splitMoney(eur('-0.01'), [2, 1])).toEqual([eur('-0.01'), eur('0.00')]);
    const shares = fc.array(fc.integer({ min: 1, max: 99 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(cents, shares, (units, parts) => expect(sumMoney(splitMoney(ofCents(units), parts), 'EUR')).toEqual(ofCents(units))),
    );
  });

  it('sums to the same in any order and any grouping', () => {
    fc.assert(
      fc.property(fc.array(cents, { maxLength: 20 }), (units) => {
        const total = ofCents(units.reduce((sum, unit) => sum + unit, 0n));
        expect(sumMoney(units.map(ofCents), 'EUR')).toEqual(total);
        expect(sumMoney([...units].reverse().map(ofCents), 'EUR')).toEqual(total);
      }),
    );
  });

  it('takes back what it added', () => {
    fc.assert(
      fc.property(cents, cents, (one, other) => {
        expect(subtractMoney(addMoney(ofCents(one), ofCents(other)), ofCents(other))).toEqual(ofCents(one));
      }),
    );
  });

  it('has no longest sum', () => {
    const most = eur('9'.repeat(30));
    expect(addMoney(addMoney(most, most), eur('2.00')).amount).toBe(`2${'0'.repeat(30)}.00`);
  });

  it('rounds estimates to coins, and has none of what is no number', () => {
    expect(estimatedMoney(12.3456, 'EUR')).toEqual(eur('12.35'));
    expect(estimatedMoney(12.3456, 'JPY')?.amount).toBe('12');
    expect(estimatedMoney(Number.NaN, 'EUR')).toBeNull();
  });
});
