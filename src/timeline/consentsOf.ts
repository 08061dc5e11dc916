import { isJsonObject, type Json, type JsonObject } from '../kernel/json';
import type { InteractionRecord } from './interaction';

/** What an interaction says of one purpose. */
export interface SaidConsent {
  /** Trimmed, in the source's own spelling, at most LONGEST_PURPOSE characters. */
  readonly purpose: string;
  readonly granted: boolean;
}

/** A longer purpose is cut. */
const LONGEST_PURPOSE = 200;
/** Names that say by themselves whether it was given. */
const GIVEN = /\b(?:given|granted)\b/i;
const TAKEN = /\b(?:withdrawn|revoked)\b/i;

const NOTHING: readonly SaidConsent[] = [];

/**
 * What an interaction says of consents; each purpose once. CONSENT_CHANGED: `purpose` (else `category`, `list_name`, `channel`) and `granted` (else
 * the event's name: Consent Given, Consent Withdrawn), and Segment's `context.consent.categoryPreferences`, one purpose a category. UNSUBSCRIBED: not
 * granted, for `purpose`, else the channel: `email`, `sms`, `whatsapp`. What says no purpose, or not whether it is granted, says nothing.
 */
export function consentsOf({
  facts,
  properties,
  context,
}: Pick<InteractionRecord, 'facts' | 'properties' | 'context'>): readonly SaidConsent[] {
  if (facts.kind === 'UNSUBSCRIBED') {
    const purpose = purposeIn(objectOf(properties), 'purpose', 'channel') ?? facts.channel.toLowerCase();
    return [{ purpose, granted: false }];
  }
  if (facts.kind !== 'CONSENT_CHANGED') return NOTHING;
  const said = new Map<string, boolean>();
  for (const [category, granted] of Object.entries(preferencesIn(objectOf(context)))) {
    const purpose = purposeOf(category);
    if (purpose !== null && typeof granted === 'boolean') said.set(purpose, granted);
  }
  const stated = objectOf(properties);
  const purpose = purposeIn(stated, 'purpose', 'category', 'list_name', 'channel');
  const granted = grantedIn(stated) ?? grantedByName(facts.name);
  if (purpose !== null && granted !== null) said.set(purpose, granted);
  return [...said].map(([each, isGranted]) => ({ purpose: each, granted: isGranted }));
}

function preferencesIn(context: JsonObject): JsonObject {
  const consent = memberOf(context, 'consent');
  const preferences = isJsonObject(consent) ? memberOf(consent, 'categoryPreferences') : undefined;
  return isJsonObject(preferences) ? preferences : {};
}

function purposeIn(properties: JsonObject, ...names: readonly string[]): string | null {
  for (const name of names) {
    const purpose = purposeOf(memberOf(properties, name));
    if (purpose !== null) return purpose;
  }
  return null;
}

function purposeOf(value: Json | undefined): string | null {
  if (typeof value !== 'string') return null;
  const purpose = [...value.trim()].slice(0, LONGEST_PURPOSE).join('').trim();
  return purpose === '' ? null : purpose;
}

function grantedIn(properties: JsonObject): boolean | null {
  const value = memberOf(properties, 'granted');
  if (value === true || value === 'true') return true;
  return value === false || value === 'false' ? false : null;
}

function grantedByName(name: string): boolean | null {
  if (TAKEN.test(name)) return false;
  return GIVEN.test(name) ? true : null;
}

function memberOf(object: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

function objectOf(text: string | null): JsonObject {
  const value: unknown = text === null ? {} : JSON.parse(text);
  return isJsonObject(value) ? value : {};
}
