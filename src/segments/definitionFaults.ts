import { isJsonObject, type Json, type JsonObject } from '../kernel/json';
import { Refusal } from '../kernel/refusals';

/** Faults beyond these are counted and not named. */
const MOST_NAMED = 20;
export const LONGEST_TEXT = 1_000;
export const LONGEST_LIST = 1_000;
const LONGEST_PATH = 10;
const LONGEST_NAME_SHOWN = 60;
const PLAIN_NAME = /^[A-Za-z_$][\w$]{0,59}$/;

/** What is wrong with a definition as it was written, each with its path: "all[2].event.where[0].op: must be one of eq, neq." The root has the path ''. */
export class DefinitionFaults {
  private readonly list: string[] = [];

  /** Null, for a parser to answer. */
  add(place: string, what: string): null {
    this.list.push(`${place === '' ? 'definition' : place}: ${what}.`);
    return null;
  }

  /** Refuses with SEGMENT_INVALID where there is a fault. */
  refuseAny(): void {
    if (this.list.length === 0) return;
    const more = this.list.length - MOST_NAMED;
    throw new Refusal('SEGMENT_INVALID', [...this.list.slice(0, MOST_NAMED), ...(more > 0 ? [`And ${more} more.`] : [])].join(' '));
  }

  /** The object's members; each that is none of `names` is a fault. */
  members(place: string, json: Json | undefined, names: readonly string[]): JsonObject | null {
    if (json === undefined) return this.add(place, 'is missing');
    if (!isJsonObject(json)) return this.add(place, 'must be an object');
    for (const name of Object.keys(json)) {
      if (!names.includes(name)) this.add(memberPlace(place, name), `is not one of ${names.join(', ')}`);
    }
    return json;
  }

  /** A list of `least` to `most` items. */
  items(place: string, json: Json | undefined, least: number, most: number): readonly Json[] | null {
    if (json === undefined) return this.add(place, 'is missing');
    if (!Array.isArray(json)) return this.add(place, 'must be a list');
    if (json.length >= least && json.length <= most) return json;
    return this.add(place, `must have ${least === 0 ? 'at most' : `${least} to`} ${most} items, and has ${json.length}`);
  }

  /** A text that PostgreSQL can store, of at most LONGEST_TEXT characters. */
  text(place: string, json: Json | undefined): string | null {
    if (json === undefined) return this.add(place, 'is missing');
    if (typeof json !== 'string') return this.add(place, 'must be a text');
    if (json.length > LONGEST_TEXT) return this.add(place, `must have at most ${LONGEST_TEXT} characters`);
    if (!json.isWellFormed() || json.includes('\u0000')) return this.add(place, 'has characters that no text may have');
    return json;
  }

  /** A text that says something. */
  name(place: string, json: Json | undefined): string | null {
    const text = this.text(place, json);
    return text === '' ? this.add(place, 'must not be empty') : text;
  }

  /** Names of members inside one another, parted by points: `address.city`. */
  path(place: string, json: Json | undefined): readonly string[] | null {
    const path = this.name(place, json)?.split('.') ?? null;
    if (path?.includes('')) return this.add(place, 'must be names parted by single points, such as address.city');
    if (path && path.length > LONGEST_PATH) return this.add(place, `must go at most ${LONGEST_PATH} levels deep`);
    return path;
  }
}

/** The path of a member, shown in quotes where its name could be taken for more. */
export function memberPlace(place: string, name: string): string {
  if (!PLAIN_NAME.test(name)) return `${place}[${JSON.stringify(name.slice(0, LONGEST_NAME_SHOWN).toWellFormed())}]`;
  return place === '' ? name : `${place}.${name}`;
}

/** A member of the object's own, whatever its name. */
export function ownMember(object: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}
