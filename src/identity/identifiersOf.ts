import type { Message } from '../intake/message';
import type { ReadContext } from '../intake/readMembers';
import { isJsonObject, type Json, type JsonObject } from '../kernel/json';
import { identifierTypeOf } from './identifierType';
import { MessageIdentifiers } from './messageIdentifiers';
import type { ObservedIdentifier } from './observation';
import type { IdentityRules } from './rules';

/** More external ids than this on one message are a fault of the sender; the rest is not looked at. */
const MAX_EXTERNAL_IDS = 100;
const MOBILE_DEVICE = /^(?:ios|android|ipados|tvos|watchos|visionos)$/i;
const MOBILE_LIBRARY = /ios|android|swift|kotlin|flutter|react-native|cordova|xamarin|maui|unity/i;

export interface IdentifiersOptions {
  readonly rules: IdentityRules;
  /** ISO 3166-1 alpha-2: where a phone number without a country code is dialled. */
  readonly defaultCountry: string;
}

export interface IdentifiersOnMessage {
  /** As an Observation has them; empty where every value is blocked, so that the message belongs to nobody. */
  readonly identifiers: readonly ObservedIdentifier[];
  readonly aliases: readonly (readonly [number, number])[];
}

/**
 * Whom a message is about. Read are the ids of the protocol, `context.externalIds` and a mobile `context.device.id`, and the e-mail address
 * and phone number of the person's traits: those of `identify`, and `context.traits` on any call. What is said of others is not: a `group`
 * call's traits are the account's, and an address among a `track` call's properties may be that of an invited friend.
 *
 * `context.merged` says that somebody made one of the ids of a type on this message, as a CRM does of two contacts: it is an alias for each of them.
 */
export function identifiersOf(message: Message, options: IdentifiersOptions): IdentifiersOnMessage {
  const found = new MessageIdentifiers(options);
  if (message.userId !== null) found.add('user_id', message.userId);
  if (message.anonymousId !== null) found.add('anonymous_id', message.anonymousId);
  if (message.previousId !== null && message.call === 'alias') addPreviousId(message.previousId, message, found);
  if (message.call === 'identify') addTraits(message.traits, found);
  const { traits, externalIds, device, merged } = message.context;
  if (isJsonObject(traits)) addTraits(traits, found);
  if (Array.isArray(externalIds)) addExternalIds(externalIds, found);
  if (isJsonObject(device) && typeof device['id'] === 'string' && isMobile(device, message.context)) found.add('device_id', device['id']);
  if (merged === true) found.declareEachTypeOne();
  return found.strongestFirst();
}

function addPreviousId(previousId: string, message: Message, found: MessageIdentifiers): void {
  const type = previousId === message.anonymousId ? 'anonymous_id' : 'user_id';
  found.add(type, previousId);
  if (message.userId !== null) found.declareOne({ type: 'user_id', value: message.userId }, { type, value: previousId });
}

function addTraits(traits: JsonObject, found: MessageIdentifiers): void {
  const { email, phone } = traits;
  if (typeof email === 'string') found.add('email', email);
  if (typeof phone === 'string' || typeof phone === 'number') found.add('phone', String(phone));
}

/** Segment's externalIds: `{ id, type, collection, encoding }`. A group's id is shared by its members and names none of them. */
function addExternalIds(externalIds: readonly Json[], found: MessageIdentifiers): void {
  for (const externalId of externalIds.slice(0, MAX_EXTERNAL_IDS)) {
    if (!isJsonObject(externalId)) continue;
    const { id, type, collection } = externalId;
    const isOfPerson = collection === undefined || collection === null || collection === 'users';
    if (!isOfPerson || typeof type !== 'string' || (typeof id !== 'string' && typeof id !== 'number')) continue;
    const name = identifierTypeOf(type);
    if (name !== null && name !== 'group_id') found.add(name, String(id));
  }
}

/** Other libraries put something into `device.id` that is not the device, or nothing. */
function isMobile(device: JsonObject, context: ReadContext): boolean {
  if (typeof device['type'] === 'string') return MOBILE_DEVICE.test(device['type']);
  const { library } = context;
  return isJsonObject(library) && typeof library['name'] === 'string' && MOBILE_LIBRARY.test(library['name']);
}
