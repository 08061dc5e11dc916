import type { Json, JsonObject } from '../kernel/json';
import type { Comparison, Condition, SegmentDefinition } from './definition';
import { DefinitionFaults, LONGEST_LIST, memberPlace, ownMember } from './definitionFaults';
import { MEASURES, type MeasureName } from './measureNames';
import { type Compared, parseComparison } from './parseComparison';
import { MOST_CONDITIONS, parseCount, parseEvent } from './parseEvent';
import { parseWindow } from './parseWindow';
import type { EventSpec } from './trackedEvent';

const DEEPEST = 10;
const LEAST_STEPS = 2;
const MOST_STEPS = 5;

/** What a condition may have, by the member that says which one it is. */
const MEMBERS = {
  all: ['all'],
  any: ['any'],
  not: ['not'],
  trait: ['trait', 'op', 'value'],
  computed: ['computed', 'op', 'value'],
  measure: ['measure', 'op', 'value'],
  event: ['event', 'count', 'within', 'olderThan'],
  sequence: ['sequence', 'within', 'olderThan'],
  segment: ['segment'],
  consent: ['consent'],
  account: ['account', 'op', 'value'],
} as const;
type Head = keyof typeof MEMBERS;
const HEADS = Object.keys(MEMBERS) as Head[];

/**
 * A segment's definition as somebody wrote it; what it may say stands in docs/decisions/segments.md. Refuses with SEGMENT_INVALID, naming every fault
 * with its path (the first 20). Whether the segments and computed traits that it names exist is not looked at.
 */
export function parseDefinition(json: Json): SegmentDefinition {
  const faults = new DefinitionFaults();
  const condition = new ConditionParser(faults).parse('', json, 1);
  faults.refuseAny();
  if (condition === null) throw new Error('A definition without faults has a condition.');
  return { condition, json };
}

class ConditionParser {
  /** Conditions on properties, and groups, are counted, too. */
  private count = 0;

  constructor(private readonly faults: DefinitionFaults) {}

  parse(place: string, json: Json | undefined, level: number): Condition | null {
    if (level > DEEPEST) return this.faults.add(place, `lies deeper than ${DEEPEST} levels`);
    if (!this.mayCount(place, 1)) return null;
    const head = this.headOf(place, json);
    const members = head && this.faults.members(place, json, MEMBERS[head]);
    return members && this.byHead(place, head, members, level);
  }

  private headOf(place: string, json: Json | undefined): Head | null {
    const members = this.faults.members(place, json, json === undefined ? [] : Object.keys(json ?? {}));
    if (members === null) return null;
    const [head, other] = HEADS.filter((name) => Object.hasOwn(members, name));
    if (head === undefined) return this.faults.add(place, `must have one of ${HEADS.join(', ')}`);
    return other === undefined ? head : this.faults.add(place, `has both ${head} and ${other}; put conditions together with all or any`);
  }

  private byHead(place: string, head: Head, members: JsonObject, level: number): Condition | null {
    const json = ownMember(members, head);
    const inside = memberPlace(place, head);
    if (head === 'all' || head === 'any') return { type: head, conditions: this.conditions(inside, json, level) };
    if (head === 'not') return mapped(this.parse(inside, json, level + 1), (condition) => ({ type: 'not', condition }));
    if (head === 'segment') return mapped(this.faults.name(inside, json), (key) => ({ type: 'segment', key }));
    if (head === 'consent') return mapped(this.faults.name(inside, json), (purpose) => ({ type: 'consent', purpose }));
    if (head === 'event') return this.event(place, members);
    if (head === 'sequence') return this.sequence(place, members);
    return this.compared(place, head, members);
  }

  private conditions(place: string, json: Json | undefined, level: number): Condition[] {
    const items = this.faults.items(place, json, 0, LONGEST_LIST) ?? [];
    const conditions: Condition[] = [];
    for (const [index, item] of items.entries()) {
      if (this.count > MOST_CONDITIONS) break;
      const condition = this.parse(`${place}[${index}]`, item, level + 1);
      if (condition) conditions.push(condition);
    }
    return conditions;
  }

  private event(place: string, members: JsonObject): Condition | null {
    const event = this.eventAt(memberPlace(place, 'event'), ownMember(members, 'event'));
    const count = parseCount(memberPlace(place, 'count'), ownMember(members, 'count'), this.faults);
    const window = parseWindow(place, members, this.faults);
    return event && count && { type: 'event', event, count, window };
  }

  private sequence(place: string, members: JsonObject): Condition | null {
    const inside = memberPlace(place, 'sequence');
    const items = this.faults.items(inside, ownMember(members, 'sequence'), LEAST_STEPS, MOST_STEPS) ?? [];
    const events = items.flatMap((item, index) => this.eventAt(`${inside}[${index}]`, item) ?? []);
    return { type: 'sequence', events, window: parseWindow(place, members, this.faults) };
  }

  private eventAt(place: string, json: Json | undefined): EventSpec | null {
    const event = parseEvent(place, json, this.faults);
    return event && this.mayCount(place, event.where.length) ? event : null;
  }

  private compared(place: string, head: 'trait' | 'computed' | 'measure' | 'account', members: JsonObject): Condition | null {
    const json = ownMember(members, head);
    const inside = memberPlace(place, head);
    if (head === 'measure') return this.measure(place, inside, json, members);
    const comparison = this.comparison(place, members, {});
    if (head === 'computed') return mapped(this.faults.name(inside, json), (key) => comparison && { type: 'computed', key, comparison });
    if (head === 'trait') return mapped(this.faults.path(inside, json), (path) => comparison && { type: 'trait', path, comparison });
    if (typeof json === 'string') {
      return mapped(this.faults.path(inside, json), (path) => comparison && { type: 'account', path, comparison });
    }
    const isExternalId = mapped(this.faults.members(inside, json, ['externalId']), (account) => ownMember(account, 'externalId') === true);
    if (isExternalId === false) this.faults.add(inside, 'must be a trait of accounts, or { "externalId": true }');
    return comparison && { type: 'account', path: null, comparison };
  }

  private measure(place: string, inside: string, json: Json | undefined, members: JsonObject): Condition | null {
    const known = Object.keys(MEASURES) as MeasureName[];
    const measure = known.find((name) => name === json);
    if (measure === undefined) return this.faults.add(inside, `must be one of ${known.join(', ')}`);
    const comparison = this.comparison(place, members, { isNumber: MEASURES[measure].type === 'number' });
    return comparison && { type: 'measure', measure, comparison };
  }

  private comparison(place: string, members: JsonObject, compared: Compared): Comparison | null {
    return parseComparison(place, members, compared, this.faults);
  }

  private mayCount(place: string, conditions: number): boolean {
    const wasWithin = this.count <= MOST_CONDITIONS;
    this.count += conditions;
    if (wasWithin && this.count > MOST_CONDITIONS) {
      this.faults.add(
        place,
        `is more than the ${MOST_CONDITIONS} conditions that a definition may have, groups and those on properties counted`,
      );
    }
    return this.count <= MOST_CONDITIONS;
  }
}

function mapped<T, U>(value: T | null, map: (value: T) => U | null): U | null {
  return value === null ? null : map(value);
}
