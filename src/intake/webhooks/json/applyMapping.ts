import { isJsonObject, type Json, type JsonObject } from '../../../kernel/json';
import { uuidFromName } from '../../../kernel/uuid';
import { known, textIn, valueAt } from '../payload';
import { contextOf } from '../personOn';
import { UnreadablePayload, type VendorMessage } from '../webhookVendor';
import type { JsonMapping, Origin } from './jsonMapping';
import type { JsonPath } from './jsonPath';

/** These have places of their own in a message. */
const NO_OWN_IDS: ReadonlySet<string> = new Set(['user_id', 'anonymous_id', 'email', 'phone']);

/** The messages that a mapping makes of a payload: none where its conditions don't hold. Throws UnreadablePayload where something is missing. */
export function applyMapping(payload: Json, mapping: JsonMapping): readonly VendorMessage[] {
  const holds = mapping.when.every(({ path, in: among }) => {
    const value = valueAt(payload, path);
    return among === null ? value !== undefined && value !== null : among.some((wanted) => wanted === value);
  });
  if (!holds) return [];
  if (mapping.each === null) return [messageOf(payload, mapping)];
  const list = valueAt(payload, mapping.each);
  if (!Array.isArray(list)) throw new UnreadablePayload(`There is no list at ${said(mapping.each)}.`);
  return (list as readonly Json[]).map((item) => messageOf(item, mapping));
}

function messageOf(item: Json, mapping: JsonMapping): VendorMessage {
  const messageId = mapping.messageId ? neededTextAt(item, mapping.messageId) : uuidFromName(JSON.stringify(item));
  const timestamp = mapping.time ? { timestamp: neededTextAt(item, mapping.time) } : {};
  const kind = mapping.kind ? originText(item, mapping.kind) : null;
  const shared = { messageId, ...timestamp, ...personOf(item, mapping) };
  if (kind === 'IDENTIFIED') return { type: 'identify', ...shared, traits: picked(item, mapping.traits) };
  const name = mapping.event ? originText(item, mapping.event) : null;
  const properties = mapping.properties ? picked(item, mapping.properties) : isJsonObject(item) ? item : {};
  const event = kind === null || kind === 'CUSTOM' ? name : nameOfKind(kind);
  if (event === null) throw new UnreadablePayload('Neither the event nor the kind is there.');
  return {
    type: 'track',
    ...shared,
    event,
    properties: name === null || name === event ? properties : { event_name: name, ...properties },
  };
}

/** `ORDER_PLACED` is the event Order Placed: every kind is known under its own name. */
export function nameOfKind(kind: string): string {
  return kind
    .split('_')
    .map((word) => word.charAt(0) + word.slice(1).toLowerCase())
    .join(' ');
}

function personOf(item: Json, mapping: JsonMapping): Pick<VendorMessage, 'userId' | 'anonymousId' | 'context'> {
  const found = mapping.identifiers.flatMap(({ type, path }) => {
    const value = textIn(item, path);
    return value === null ? [] : [{ type, value }];
  });
  if (found.length === 0) {
    throw new UnreadablePayload(`No identifier is there: looked at ${mapping.identifiers.map(({ path }) => said(path)).join(', ')}.`);
  }
  const first = (type: string): string | null => found.find((identifier) => identifier.type === type)?.value ?? null;
  const ids = found.flatMap(({ type, value }) => (NO_OWN_IDS.has(type) ? [] : [[type, value] as const]));
  return {
    ...known({ userId: first('user_id'), anonymousId: first('anonymous_id') }),
    context: contextOf({ ...picked(item, mapping.traits), ids, ...known({ email: first('email'), phone: first('phone') }) }),
  };
}

function picked(item: Json, paths: ReadonlyMap<string, JsonPath>): JsonObject {
  return known(Object.fromEntries([...paths].map(([name, path]) => [name, valueAt(item, path)])));
}

function originText(item: Json, origin: Origin): string {
  return 'value' in origin ? origin.value : neededTextAt(item, origin.path);
}

function neededTextAt(item: Json, path: JsonPath): string {
  const text = textIn(item, path);
  if (text === null) throw new UnreadablePayload(`There is nothing at ${said(path)}.`);
  return text;
}

function said(path: JsonPath): string {
  return (
    path
      .map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`))
      .join('')
      .replace(/^\./, '') || '$'
  );
}
