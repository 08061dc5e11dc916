import type { Json, JsonObject } from '../kernel/json';
import type { Comparison, Moment } from './definition';
import { type DefinitionFaults, LONGEST_LIST, memberPlace, ownMember } from './definitionFaults';
import { instantOf } from './instantOf';
import { durationOf } from './parseWindow';

type Constant = string | number | boolean;

const OPS = ['eq', 'neq', 'gt', 'gte', 'lt', 'lte', 'in', 'contains', 'startsWith', 'exists', 'before', 'after'] as const;
type Op = (typeof OPS)[number];
const NUMBER_OPS: readonly Op[] = ['eq', 'neq', 'gt', 'gte', 'lt', 'lte', 'in', 'exists'];

/** What a comparison is of, as far as that is known. */
export interface Compared {
  /** Only numbers, so that nothing else can be asked. */
  readonly isNumber?: boolean;
  /** Immutable, so that moments that move with now can't be asked about. */
  readonly stands?: boolean;
}

/** The members `op` and `value`. Null where there is a fault. */
export function parseComparison(place: string, members: JsonObject, compared: Compared, faults: DefinitionFaults): Comparison | null {
  const ops = compared.isNumber ? NUMBER_OPS : OPS;
  const op = ops.find((known) => known === ownMember(members, 'op'));
  if (op === undefined) return faults.add(memberPlace(place, 'op'), `must be one of ${ops.join(', ')}`);
  return new ValueParser(memberPlace(place, 'value'), compared, faults).comparison(op, ownMember(members, 'value'));
}

class ValueParser {
  constructor(
    private readonly place: string,
    private readonly compared: Compared,
    private readonly faults: DefinitionFaults,
  ) {}

  comparison(op: Op, json: Json | undefined): Comparison | null {
    if (op === 'exists') return this.existence(json);
    if (op === 'in') return this.membership(json);
    if (op === 'before' || op === 'after') return this.moment(op, json);
    if (op === 'startsWith') return withValue(this.faults.text(this.place, json), (value) => ({ op, value }));
    const constant = this.constant(this.place, json);
    if (op === 'eq' || op === 'neq' || op === 'contains') return withValue(constant, (value) => ({ op, value }));
    if (typeof constant === 'boolean') return this.faults.add(this.place, 'must be a number or a text');
    return withValue(constant, (value) => ({ op, value }));
  }

  private existence(json: Json | undefined): Comparison | null {
    if (json === undefined || typeof json === 'boolean') return { op: 'exists', value: json ?? true };
    return this.faults.add(this.place, 'must be true or false, or left out for true');
  }

  private membership(json: Json | undefined): Comparison | null {
    const items = this.faults.items(this.place, json, 1, LONGEST_LIST);
    if (items === null) return null;
    const values = items.map((item, index) => this.constant(`${this.place}[${index}]`, item));
    return { op: 'in', values: values.filter((value) => value !== null) };
  }

  private moment(op: 'before' | 'after', json: Json | undefined): Comparison | null {
    const moment = typeof json === 'string' ? momentOf(json) : null;
    if (moment === null) return this.faults.add(this.place, 'must be a date or time such as 2026-11-30, or now, now-30d, now+12h');
    if ('fromNowMs' in moment && this.compared.stands) {
      return this.faults.add(this.place, 'must be a date or time that stands; ask for a time from now with within or olderThan');
    }
    return { op, moment };
  }

  private constant(place: string, json: Json | undefined): Constant | null {
    if (typeof json === 'number') return Number.isFinite(json) ? json : this.faults.add(place, 'must be a number that a double can hold');
    if (this.compared.isNumber) return this.faults.add(place, json === undefined ? 'is missing' : 'must be a number');
    if (typeof json === 'boolean') return json;
    if (json === undefined || typeof json === 'string') return this.faults.text(place, json);
    return this.faults.add(place, 'must be a text, a number, true or false; exists asks for what is there');
  }
}

function withValue<T>(value: T | null, comparison: (value: T) => Comparison): Comparison | null {
  return value === null ? null : comparison(value);
}

/** `2026-11-30T12:00Z` and the like, `now`, `now-30d`, `now+7d`; null for anything else. */
function momentOf(text: string): Moment | null {
  if (text === 'now') return { fromNowMs: 0 };
  const isFromNow = text.startsWith('now-') || text.startsWith('now+');
  if (!isFromNow) {
    const atMs = instantOf(text);
    return atMs === null ? null : { atMs };
  }
  const durationMs = durationOf(text.slice(4));
  if (durationMs === null) return null;
  return { fromNowMs: text.startsWith('now-') ? -durationMs : durationMs };
}
