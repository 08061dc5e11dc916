import { isJsonObject, type Json, type JsonObject } from '../kernel/json';

/** What is wrong with settings as they were written, each with its place, such as "replyTargets.CHAT.minutes: must be a number above 0." */
export class SettingsFaults {
  readonly list: string[] = [];

  add(place: string, what: string): null {
    this.list.push(`${place}: ${what}.`);
    return null;
  }

  /** The members of an object of which only `names` are known; left out is empty. */
  members(place: string, value: Json | undefined, names: readonly string[] | null): JsonObject {
    if (value === undefined) return {};
    if (!isJsonObject(value)) {
      this.add(place, 'must be an object');
      return {};
    }
    for (const name of Object.keys(value)) {
      if (names !== null && !names.includes(name)) this.add(`${place}.${name}`, `is not one of ${names.join(', ')}`);
    }
    return value;
  }

  /** A list; what is none is a fault and empty. */
  items(place: string, value: Json | undefined): readonly Json[] {
    if (value === undefined) return [];
    if (Array.isArray(value)) return value;
    this.add(place, 'must be a list');
    return [];
  }
}
