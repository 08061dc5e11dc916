import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A customer of the CDNOW sample in whole days and cents: see test/fixtures/value/README.md. */
export interface CdnowCustomer {
  readonly frequency: number;
  readonly recencyDays: number;
  readonly ageDays: number;
  readonly meanCents: number;
}

const FILE = join(__dirname, '..', '..', 'fixtures', 'value', 'cdnow.csv');

/** In the order of their numbers. */
export const CDNOW_CUSTOMERS: readonly CdnowCustomer[] = readFileSync(FILE, 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => {
    const [x, recency, age, mean] = line.split(',').map(Number) as [number, number, number, number];
    return { frequency: x, recencyDays: Math.round(recency * 7), ageDays: Math.round(age * 7), meanCents: Math.round(mean * 100) };
  });
