import type { Json, JsonObject } from '../../kernel/json';
import { contentId, messageIdOf } from './messageName';
import { known, neededObject, neededText, neededTime, textIn } from './payload';
import { contextOf, type NamedId, type PersonOn } from './personOn';
import { isSameText } from './signature';
import { checkSigningSecret, signingSecrets } from './signingSecrets';
import type { VendorMessage, WebhookVendor } from './webhookVendor';

const SECRET_NAMES = ['urlSecret', 'secret', 'signingSecret'];
/** More fields than any audience has. */
const MAX_FIELDS = 500;

/** Audience fields of every account, as the well-known traits. */
const TRAIT_OF: Readonly<Record<string, string>> = {
  EMAIL: 'email',
  FNAME: 'firstName',
  LNAME: 'lastName',
  PHONE: 'phone',
  ADDRESS: 'address',
  BIRTHDAY: 'birthday',
  COMPANY: 'company',
};

/**
 * Mailchimp, "Sync Audience Data with Webhooks". It signs nothing: `settings.urlSecret` must stand in the address that it was given, as
 * `?secret=…`, and no delivery is too old. It names no events either: a repeat is the same form again.
 */
export const MAILCHIMP: WebhookVendor = {
  type: 'mailchimp',
  keptHeaders: [],
  checkSettings: (settings) => checkSigningSecret(settings, SECRET_NAMES, 'the secret in the address that Mailchimp is given (?secret=…)'),
  verify({ url }, settings) {
    const given = new URLSearchParams(url.slice(url.indexOf('?') + 1)).get('secret') ?? '';
    return signingSecrets(settings, SECRET_NAMES).some((secret) => isSameText(given, secret)) ? null : 'WEBHOOK_SIGNATURE_INVALID';
  },
  parse: (body) => formOf(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8')),
  toMessages(payload) {
    const form = neededObject(payload, 'The form');
    const type = neededText(form, 'type');
    return READERS.get(type)?.({ form, id: contentId(form), timestamp: neededTime(form, 'fired_at') }) ?? [];
  },
};

/** The fields by their names as they are sent: `data[merges][FNAME]`. What PostgreSQL can't store is replaced. */
function formOf(text: string): JsonObject {
  const fields = [...new URLSearchParams(text)].slice(0, MAX_FIELDS);
  return Object.fromEntries(fields.map(([name, value]) => [storable(name), storable(value)]));
}

function storable(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\ufffd');
}

interface FormEvent {
  readonly form: JsonObject;
  readonly id: string;
  readonly timestamp: string;
}

const READERS: ReadonlyMap<string, (event: FormEvent) => readonly VendorMessage[]> = new Map([
  ['subscribe', readSubscribe],
  ['unsubscribe', readUnsubscribe],
  ['profile', (event: FormEvent) => [identify(event, event.id)]],
  ['upemail', readNewAddress],
  ['cleaned', readCleaned],
]);

function readSubscribe(event: FormEvent): readonly VendorMessage[] {
  const properties = { purpose: 'email', granted: true, ...listOf(event) };
  return [aboutMember(event, 'Consent Changed', properties), identify(event, messageIdOf(event.id, 'profile'))];
}

function readUnsubscribe(event: FormEvent): readonly VendorMessage[] {
  const reason = textIn(event.form, 'data[reason]');
  return [aboutMember(event, 'Unsubscribed', known({ ...listOf(event), reason, action: textIn(event.form, 'data[action]') }))];
}

/** A member's new address: both are the same person's. */
function readNewAddress({ form, id, timestamp }: FormEvent): readonly VendorMessage[] {
  const ids: readonly NamedId[] = [
    ['mailchimp.member_id', textIn(form, 'data[new_id]')],
    ['email', textIn(form, 'data[old_email]')],
  ];
  const email = neededText(form, 'data[new_email]');
  return [
    {
      type: 'identify',
      messageId: id,
      timestamp,
      traits: { email },
      context: contextOf({ ids, email }, { merged: true, channel: 'email' }),
    },
  ];
}

/** Mailchimp writes to this address no more: it bounced, or its owner called a campaign spam. */
function readCleaned(event: FormEvent): readonly VendorMessage[] {
  const reason = textIn(event.form, 'data[reason]');
  const name = reason === 'abuse' ? 'Email Marked as Spam' : 'Email Bounced';
  return [aboutMember(event, name, known({ ...listOf(event), reason }))];
}

function listOf({ form }: FormEvent): JsonObject {
  return known({ list_id: textIn(form, 'data[list_id]'), campaign_id: textIn(form, 'data[campaign_id]') });
}

function aboutMember({ form, id, timestamp }: FormEvent, event: string, properties: JsonObject): VendorMessage {
  return { type: 'track', messageId: id, timestamp, event, properties, context: contextOf(memberOf(form), { channel: 'email' }) };
}

function identify({ form, timestamp }: FormEvent, messageId: string): VendorMessage {
  const member = memberOf(form);
  const traits = { ...known({ email: member.email }), ...mergeFields(form) };
  return { type: 'identify', messageId, timestamp, traits, context: contextOf(member, { channel: 'email' }) };
}

function memberOf(form: JsonObject): PersonOn {
  return { ids: [['mailchimp.member_id', textIn(form, 'data[id]')]], email: textIn(form, 'data[email]') };
}

function mergeFields(form: JsonObject): JsonObject {
  const traits: Record<string, Json> = {};
  for (const [name, value] of Object.entries(form)) {
    const tag = /^data\[merges\]\[([^\][]{1,100})\]$/.exec(name)?.[1];
    if (tag === undefined || typeof value !== 'string' || value.trim() === '') continue;
    traits[Object.hasOwn(TRAIT_OF, tag) ? (TRAIT_OF[tag] as string) : tag.toLowerCase()] = value.trim();
  }
  return traits;
}
