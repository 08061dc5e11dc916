import { Chance } from '../../../bench/matching/chance';
import { households } from '../../../bench/matching/households';
import { twoRegisters } from '../../../bench/matching/registers';
import { scorePairs } from '../../../bench/matching/score';
import { matchTable } from '../../../src/identity/matching/matchTable';
import type { Role } from '../../../src/identity/matching/roles';
import { tableOf } from './tableOf';

const HOME: readonly Role[] = ['givenName', 'surname', 'birthDate', 'address', 'place', 'postcode', 'phone', 'email'];
const SETTINGS = { threshold: 0.5, largestCluster: 100 };

jest.setTimeout(60_000);

/** The Smiths, all under one roof, and each of them again as `again` has them. */
function clusterWithSmiths(smiths: readonly (readonly string[])[]): number[] {
  const { rows } = households(800, new Chance(11));
  const home = ['Smith', '12 Oak Street', 'Leeds', 'ls1 4ap', '0113 496 0001', 'smiths@example.com'];
  const records = smiths.map(([given = '', born = '']) => [given, home[0]!, born, ...home.slice(1)]);
  const table = tableOf(HOME, [...records, ...rows.map(({ values }) => values)]);
  return [...matchTable(table, SETTINGS, () => undefined).clustering.clusterOf].slice(0, smiths.length);
}

function scoreOf(rows: readonly { person: string }[], clusterOf: Int32Array) {
  const [clusters, truth] = [new Map<string, string>(), new Map<string, string>()];
  for (const [index, { person }] of rows.entries()) {
    clusters.set(String(index), String(clusterOf[index]));
    truth.set(String(index), person);
  }
  return scorePairs(clusters, truth);
}

describe('the people of one household', () => {
  it('stay apart, and each joins their own second record', () => {
    const family = [
      ['John', '1960-03-04'],
      ['Mary', '1962-07-19'],
      ['Jon', '1960-03-04'],
      ['Mary', '1962-07-91'],
    ];
    expect(clusterWithSmiths(family)).toEqual([0, 1, 0, 1]);
  });

  it('stay apart when they are twins', () => {
    expect(
      clusterWithSmiths([
        ['Anna', '1990-05-05'],
        ['Emma', '1990-05-05'],
      ]),
    ).toEqual([0, 1]);
  });

  it('stay apart when the son is named after his father', () => {
    expect(
      clusterWithSmiths([
        ['John', '1960-03-04'],
        ['John', '1988-11-30'],
      ]),
    ).toEqual([0, 1]);
  });

  it('stay apart when only their names are known', () => {
    expect(
      clusterWithSmiths([
        ['John', ''],
        ['Mary', ''],
      ]),
    ).toEqual([0, 1]);
  });

  it('stay apart by thousands', () => {
    const { rows } = households(2500, new Chance(5));
    const { clustering } = matchTable(
      tableOf(
        HOME,
        rows.map(({ values }) => values),
      ),
      SETTINGS,
      () => undefined,
    );
    const { precision, recall } = scoreOf(rows, clustering.clusterOf);
    expect(precision).toBeGreaterThan(0.97);
    expect(recall).toBeGreaterThan(0.95);
  });
});

describe('two sources', () => {
  it('give one to one where each holds nobody twice, which is measured', () => {
    const { rows } = twoRegisters(2000, new Chance(2));
    const roles: readonly Role[] = ['givenName', 'surname', 'streetNumber', 'address', 'place', 'postcode', 'birthDate', 'nationalId'];
    const sources = rows.map(({ values }) => values[0]!);
    const table = tableOf(
      roles,
      rows.map(({ values }) => values.slice(1)),
      sources,
    );
    const { clustering, hasSoleSources } = matchTable(table, SETTINGS, () => undefined);
    expect(hasSoleSources).toBe(true);
    const seen = new Set([...clustering.clusterOf].map((cluster, record) => `${cluster} ${sources[record]}`));
    expect(seen.size).toBe(rows.length);
    expect(scoreOf(rows, clustering.clusterOf).f1).toBeGreaterThan(0.99);
  });
});
