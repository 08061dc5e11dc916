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

/** `Order 1042`, or only `Order` where the interaction is about no order. */
export function numbered(noun: string, told: Told, ...types: readonly string[]): string {
  const { subject } = told;
  return subject && types.includes(subject.type) ? `${noun} ${plainText(subject.externalId, 40)}` : noun;
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
