import { isJsonObject, type Json, type JsonObject } from '../../../kernel/json';
import { INTERACTION_KINDS } from '../../../kernel/vocabulary';
import { type JsonPath, parsePath } from './jsonPath';

/** Where something comes from: a place in the payload, or always the same. */
export type Origin = { readonly path: JsonPath } | { readonly value: string };

/** What must hold for a mapping to be used: the value at the path is one of these; where none are given, it is there. */
export interface Condition {
  readonly path: JsonPath;
  readonly in: readonly Json[] | null;
}

/** How one kind of payload of a generic source is read. */
export interface JsonMapping {
  readonly when: readonly Condition[];
  /** A list in the payload, each item of which is a message; null where the payload is one. */
  readonly each: JsonPath | null;
  /** Null: named by the content, so that only the very same delivery counts once. */
  readonly messageId: JsonPath | null;
  /** Null: when it arrived. */
  readonly time: JsonPath | null;
  /** The event by name, or by the kind of interaction that it is. */
  readonly event: Origin | null;
  readonly kind: Origin | null;
  readonly identifiers: readonly { readonly type: string; readonly path: JsonPath }[];
  /** By name; null for all members of the payload. */
  readonly properties: ReadonlyMap<string, JsonPath> | null;
  readonly traits: ReadonlyMap<string, JsonPath>;
}

/** A mapping that can't be understood: the reason is a sentence that names the member. */
export class FaultyMapping extends Error {}

const MEMBERS = new Set(['when', 'each', 'messageId', 'time', 'event', 'kind', 'identifiers', 'properties', 'traits']);

/** One mapping, or a list of them. Throws FaultyMapping. */
export function readMappings(json: Json | undefined): readonly JsonMapping[] {
  const list = Array.isArray(json) ? (json as readonly Json[]) : [json];
  if (list.length === 0) throw new FaultyMapping('mapping is empty.');
  return list.map(readMapping);
}

function readMapping(json: Json | undefined): JsonMapping {
  if (!isJsonObject(json)) throw new FaultyMapping('mapping must be an object, or a list of objects.');
  const unknown = Object.keys(json).find((name) => !MEMBERS.has(name));
  if (unknown !== undefined) throw new FaultyMapping(`mapping.${unknown} is unknown; known are ${[...MEMBERS].join(', ')}.`);
  const mapping = {
    when: listOf(json['when']).map(readCondition),
    each: optionalPath('each', json['each']),
    messageId: optionalPath('messageId', json['messageId']),
    time: optionalPath('time', json['time']),
    event: readOrigin('event', json['event']),
    kind: readOrigin('kind', json['kind']),
    identifiers: listOf(json['identifiers']).map(readIdentifier),
    properties: json['properties'] === '*' ? null : readPaths('properties', json['properties']),
    traits: readPaths('traits', json['traits']),
  };
  if (mapping.event === null && mapping.kind === null) throw new FaultyMapping('mapping needs event or kind.');
  if (mapping.identifiers.length === 0) throw new FaultyMapping('mapping.identifiers must name at least one identifier.');
  return mapping;
}

function readCondition(json: Json): Condition {
  const { path, equals, in: among } = objectOf('when', json);
  const values = Array.isArray(among) ? (among as readonly Json[]) : equals === undefined ? null : [equals];
  return { path: neededPath('when.path', path), in: values };
}

function readIdentifier(json: Json): { readonly type: string; readonly path: JsonPath } {
  const { type, path } = objectOf('identifiers', json);
  if (typeof type !== 'string' || !/^[a-z][a-z0-9_.]{0,63}$/.test(type)) {
    throw new FaultyMapping('mapping.identifiers: type must be a word such as email, user_id or crm.contact_id.');
  }
  return { type, path: neededPath('identifiers.path', path) };
}

function readOrigin(name: 'event' | 'kind', json: Json | undefined): Origin | null {
  if (json === undefined || json === null) return null;
  const value = isJsonObject(json) ? json['value'] : undefined;
  if (value === undefined) return { path: neededPath(name, json) };
  if (typeof value !== 'string' || value.trim() === '') throw new FaultyMapping(`mapping.${name}.value must be a text.`);
  if (name === 'kind' && !(INTERACTION_KINDS as readonly string[]).includes(value)) {
    throw new FaultyMapping(`mapping.kind.value must be a kind of interaction, such as ORDER_PLACED.`);
  }
  return { value };
}

function readPaths(name: string, json: Json | undefined): ReadonlyMap<string, JsonPath> {
  if (json === undefined || json === null) return new Map();
  return new Map(Object.entries(objectOf(name, json)).map(([key, path]) => [key, neededPath(`${name}.${key}`, path)]));
}

function objectOf(name: string, json: Json): JsonObject {
  if (!isJsonObject(json)) throw new FaultyMapping(`mapping.${name} must hold objects.`);
  return json;
}

function listOf(json: Json | undefined): readonly Json[] {
  if (json === undefined || json === null) return [];
  return Array.isArray(json) ? (json as readonly Json[]) : [json];
}

function optionalPath(name: string, json: Json | undefined): JsonPath | null {
  return json === undefined || json === null ? null : neededPath(name, json);
}

function neededPath(name: string, json: Json | undefined): JsonPath {
  const path = parsePath(json);
  if (path === null) throw new FaultyMapping(`mapping.${name} must be a path such as data.customer.id or items[0].sku.`);
  return path;
}
