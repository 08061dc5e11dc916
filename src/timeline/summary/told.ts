import { isJsonObject, type Json, type JsonObject } from '../../kernel/json';
import type { Channel } from '../../kernel/vocabulary';
import type { InteractionFacts } from '../interaction';
import { plainText } from './plainText';

/** What a summary is made from. Give it masked properties and the line is masked as well. */
export type Told = Pick<InteractionFacts, 'kind' | 'name' | 'properties' | 'subject' | 'channel' | 'direction'>;

/** Says one kind of interaction in a few words, without the full stop. */
export type Phrase = (told: Told) => string;

const LONGEST_PART = 80;

/** The first of these properties that can be read as a few words; '' where there is none. `campaign.name` looks inside. */
export function said(properties: JsonObject, ...paths: readonly string[]): string {
  for (const path of paths) {
    const text = words(valueAt(properties, path));
    if (text !== '') return text;
  }
  return '';
}

function valueAt(properties: JsonObject, path: string): Json | undefined {
  const dot = path.indexOf('.');
  if (dot < 0) return Object.hasOwn(properties, path) ? properties[path] : undefined;
  const inner = properties[path.slice(0, dot)];
  return isJsonObject(inner) ? valueAt(inner, path.slice(dot + 1)) : undefined;
}

function words(value: Json | undefined): string {
  if (typeof value === 'string') return plainText(value, LONGEST_PART);
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : '';
}

/** In quotation marks; '' where there is nothing to quote. */
export function quoted(text: string): string {
  return text === '' ? '' : `“${text}”`;
}

/** The parts that are there, as words of one clause. */
export function phrase(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' ');
}

/** The parts that are there, as clauses. */
export function list(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(', ');
}

/** `word` and the text, or '' where there is no text: `after('for', '')` is ''. */
export function after(word: string, text: string): string {
  return text === '' ? '' : `${word} ${text}`;
}

/** An id that nobody would say to anybody: long and without a space, as `price_1M3wjkE0b6fckueSKPgfRMSG` is. */
const UNSPEAKABLE = /^\S{25,}$/u;

/** The text, or '' where it is an id for machines only. */
export function spoken(text: string): string {
  return UNSPEAKABLE.test(text) ? '' : text;
}

/** The numbers by which people know records that have ids of their own beside them. */
const NUMBERS_OF: ReadonlyMap<string, readonly string[]> = new Map([
  ['order', ['order_name', 'order_number']],
  ['case', ['case_number']],
]);

/** `Order 1042`, or only `Order` where the interaction is about no order, or about one whose id nobody would say. */
export function numbered(noun: string, told: Told, ...types: readonly string[]): string {
  const { subject, properties } = told;
  if (!subject || !types.includes(subject.type)) return noun;
  const number = said(properties, ...(NUMBERS_OF.get(subject.type) ?? []));
  return phrase(noun, number || plainText(spoken(subject.externalId), LONGEST_PART));
}

/** Why, in the words of whom it came from; `too_expensive` as too expensive. */
export function reason({ properties }: Told): string {
  return inWords(said(properties, 'reason', 'cancellation_reason', 'failure_message', 'failure_code', 'bounce_type', 'error'));
}

/** `too_expensive` as too expensive; other texts as they are. */
export function inWords(text: string): string {
  return /^[a-z]+(?:_[a-z]+)+$/.test(text) ? text.replaceAll('_', ' ') : text;
}

/** The day of an ISO 8601 date; other texts as they are. */
export function day(date: string): string {
  return /^\d{4}-\d{2}-\d{2}T/.test(date) ? date.slice(0, 10) : date;
}

const MOMENT = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });

/** `8 Jan 2024, 10:00 UTC` of a date and time in ISO 8601 with its zone; other texts as they are. */
export function moment(text: string): string {
  const atMs = /^\d{4}-\d{2}-\d{2}T.*(?:Z|[+-]\d{2}:?\d{2})$/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(atMs) ? text : `${MOMENT.format(atMs)} UTC`;
}

/** How many things were bought or shown: quantities where the products carry them, else how many products. */
export function items(properties: JsonObject, noun = 'item'): string {
  const { products } = properties;
  if (!Array.isArray(products)) return '';
  let count = 0;
  for (const product of products) count += isJsonObject(product) ? quantityOf(product['quantity']) : 1;
  return counted(count, noun);
}

function quantityOf(quantity: Json | undefined): number {
  const number = typeof quantity === 'string' && quantity.length < 10 ? Number(quantity) : quantity;
  return typeof number === 'number' && Number.isSafeInteger(number) && number > 0 ? number : 1;
}

export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** A length of time given in seconds, in minutes and seconds: `203` is `3 min 23 s`. */
export function lasting(seconds: Json | undefined): string {
  if (typeof seconds !== 'number' || !Number.isFinite(seconds) || seconds < 0 || seconds > 31_536_000) return '';
  const whole = Math.round(seconds);
  const minutes = Math.floor(whole / 60);
  return list(minutes > 0 ? `${minutes} min` : '', whole % 60 > 0 || minutes === 0 ? `${whole % 60} s` : '').replace(', ', ' ');
}

const CHANNEL_PHRASES: Readonly<Record<Channel, string>> = {
  WEB: 'on the web',
  MOBILE_APP: 'in the app',
  EMAIL: 'by e-mail',
  PHONE: 'by phone',
  SMS: 'by SMS',
  CHAT: 'by chat',
  MESSENGER: 'by messenger',
  SOCIAL: 'on social media',
  COMMUNITY: 'in the community',
  IN_PERSON: 'in person',
  POSTAL: 'by post',
  API: '',
  OTHER: '',
};

/** `by e-mail`, `in the app`; '' where the channel tells a person nothing. */
export function over(channel: Channel): string {
  return CHANNEL_PHRASES[channel];
}

/** Tells events of one kind apart by a word in their name, given in lower case. */
export function nameHas(told: Told, word: string): boolean {
  return told.name.length <= 60 && told.name.toLowerCase().includes(word);
}
