import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const PAGE = readFileSync(join(__dirname, '..', '..', 'docs', 'permissions.md'), 'utf8');

/** The rows of the table of docs/permissions.md that begins with these column titles, in order. */
export function tableOf(...titles: readonly string[]): readonly (readonly string[])[] {
  const lines = PAGE.split('\n');
  const head = lines.indexOf(`| ${titles.join(' | ')} |`);
  if (head === -1) throw new Error(`docs/permissions.md has no table of ${titles.join(', ')}.`);
  const rows = lines.slice(head + 2);
  const end = rows.findIndex((line) => !line.startsWith('|'));
  return rows.slice(0, end).map((line) => line.slice(2, -2).split(' | '));
}

/** Scopes by field: of root fields all that are needed, of others what is needed beside the way to them. */
export function scopesByField(title: 'scopes' | 'also'): ReadonlyMap<string, readonly string[]> {
  return new Map(tableOf('field', title).map(([field = '', scopes = '']) => [field, scopes.split(', ')]));
}
