import type { Field } from './field';
import type { ColumnSketch, ColumnUse } from './guessRoles';

const STARTS_WITH_NUMBER = /^\s*\d+\s?[a-z]?[\s,/-]+\p{L}/iu;
const MOST = 0.5;

/**
 * The fields that records are compared by, given what their columns are for. A full name is taken apart where there are no columns for the given name
 * and the surname, and gives its further words where there are (of several full names the first is taken apart); an address that starts with the house number gives both.
 */
export function fieldsOf(columns: readonly ColumnSketch[], uses: readonly ColumnUse[]): readonly Field[] {
  const has = (use: ColumnUse): boolean => uses.includes(use);
  return columns.flatMap((column, index): Field[] => {
    const use = uses[index] ?? 'ignore';
    if (use === 'recordId' || use === 'source' || use === 'ignore') return [];
    if (use === 'fullName') return namesIn(column, index, uses);
    if (use === 'address' && !has('streetNumber') && share(column.samples, (text) => STARTS_WITH_NUMBER.test(text)) >= MOST) {
      return [
        { name: `${column.name} (number)`, role: 'streetNumber', origin: { kind: 'houseNumberOf', column: index } },
        { name: `${column.name} (street)`, role: 'address', origin: { kind: 'streetOf', column: index } },
      ];
    }
    return [{ name: column.name, role: use, origin: { kind: 'whole', column: index } }];
  });
}

function namesIn(column: ColumnSketch, index: number, uses: readonly ColumnUse[]): Field[] {
  const besides = uses.flatMap((use, other) => (use === 'givenName' || use === 'surname' ? [other] : []));
  if (besides.length === 2)
    return [{ name: `${column.name} (further)`, role: 'otherNames', origin: { kind: 'restOf', column: index, besides } }];
  if (uses.indexOf('fullName') < index) return [];
  const isSurnameFirst = share(column.samples, (text) => /^[^,]+,[^,]+$/.test(text)) >= MOST;
  const given: Field = {
    name: `${column.name} (given)`,
    role: 'givenName',
    origin: { kind: 'givenNameOf', column: index, isSurnameFirst },
  };
  const surname: Field = {
    name: `${column.name} (surname)`,
    role: 'surname',
    origin: { kind: 'surnameOf', column: index, isSurnameFirst },
  };
  return [given, surname].filter(({ role }) => !uses.includes(role));
}

function share(samples: readonly string[], test: (text: string) => boolean): number {
  return samples.length === 0 ? 0 : samples.filter(test).length / samples.length;
}
