import type { Field } from '../../identity/matching/field';
import { fieldsOf } from '../../identity/matching/fieldsOf';
import { type ColumnSketch, type ColumnUse, guessRoles } from '../../identity/matching/guessRoles';
import { Refusal } from '../../kernel/refusals';
import type { MatchFlags } from './matchFlags';

/** What each column of a file is for. */
export interface ColumnPlan {
  readonly uses: readonly ColumnUse[];
  readonly fields: readonly Field[];
  /** The column with the record ids; undefined: the number of the row is the id. */
  readonly id: number | undefined;
  readonly source: number | undefined;
}

/** Guesses what columns are for, and lets flags overrule the guess. */
export function planColumns(sketches: readonly ColumnSketch[], flags: Pick<MatchFlags, 'id' | 'source' | 'uses'>): ColumnPlan {
  const named = new Map(flags.uses);
  if (flags.id !== undefined) named.set(flags.id, 'recordId');
  if (flags.source !== undefined) named.set(flags.source, 'source');
  const names = sketches.map(({ name }) => name);
  const unknown = [...named.keys()].find((name) => !names.includes(name));
  if (unknown !== undefined) throw new Refusal('COLUMN_UNKNOWN', `There is no column "${unknown}"; there are ${names.join(', ')}.`);
  const uses = guessRoles(sketches).map((guess, index) => overruled(guess, named.get(names[index] ?? ''), flags));
  const fields = fieldsOf(sketches, uses);
  if (fields.length === 0) throw new Refusal('COLUMNS_UNUSABLE', `None of the columns ${names.join(', ')} tells one person from another.`);
  return { uses, fields, id: indexOf(uses, 'recordId'), source: indexOf(uses, 'source') };
}

function overruled(guess: ColumnUse, named: ColumnUse | undefined, flags: Pick<MatchFlags, 'id' | 'source'>): ColumnUse {
  if (named !== undefined) return named;
  if (guess === 'recordId' && flags.id !== undefined) return 'ignore';
  return guess === 'source' && flags.source !== undefined ? 'ignore' : guess;
}

function indexOf(uses: readonly ColumnUse[], use: ColumnUse): number | undefined {
  const index = uses.indexOf(use);
  return index < 0 ? undefined : index;
}
