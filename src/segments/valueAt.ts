import { isJsonObject, type Json, type JsonObject } from '../kernel/json';

/** The value at a path of members inside one another; undefined where there is none. Lists have no members, and what an object inherits is not its own. */
export function valueAt(object: JsonObject, path: readonly string[]): Json | undefined {
  let value: Json | undefined = object;
  for (const name of path) {
    if (!isJsonObject(value) || !Object.hasOwn(value, name)) return undefined;
    value = value[name];
  }
  return value;
}
