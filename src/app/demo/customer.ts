import type { Chance } from './chance';
import { COUNTRIES, type Country } from './countries';
import { asWritten, inAddress, NAMES } from './names';

/** Something that a customer visits from. Its anonymous id stays, whoever holds it. */
export interface Device {
  readonly anonymousId: string;
  readonly form: 'laptop' | 'phone' | 'tablet';
}

export interface Account {
  readonly groupId: string;
  readonly name: string;
  readonly industry: string;
  readonly employees: number;
  /** Whether the deal with it is won; where it is lost, nobody of it ever joins. */
  readonly signs: boolean;
}

/** How somebody takes to the company. */
type Manner = 'browser' | 'reader' | 'buyer' | 'regular' | 'member' | 'colleague';

/** One person, with all that the four departments' tools may call them by. */
export interface Customer {
  readonly key: string;
  readonly userId: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  /** What the address looks like where somebody typed it: other case, or a slip of the finger. */
  readonly emailAsTyped: string;
  readonly emailMistyped: string | null;
  readonly phones: readonly string[];
  readonly country: Country;
  readonly city: string;
  readonly devices: readonly Device[];
  readonly manner: Manner;
  readonly account: Account | null;
  readonly role: string | null;
  readonly firstVisitAtMs: number;
}

const MANNERS = [
  { manner: 'browser', weight: 12 },
  { manner: 'reader', weight: 14 },
  { manner: 'buyer', weight: 34 },
  { manner: 'regular', weight: 22 },
  { manner: 'member', weight: 18 },
] as const satisfies readonly { readonly manner: Manner; readonly weight: number }[];

const DOMAINS = ['example.com', 'example.org', 'example.net'] as const;

interface CustomerFrame {
  readonly index: number;
  readonly firstVisitAtMs: number;
  readonly account: Account | null;
  readonly role: string | null;
  /** How many customers of each country have a telephone so far. */
  readonly phones: Map<string, number>;
  /** A tablet that lies about in the household, or null. */
  readonly sharedTablet: Device | null;
}

/** Makes up the person number `index`; the number keeps addresses and telephone numbers apart. */
export function makeCustomer(chance: Chance, frame: CustomerFrame): Customer {
  const country = chance.weighted(COUNTRIES);
  const names = NAMES[country.language] ?? (NAMES['en'] as (typeof NAMES)[string]);
  const first = chance.pick(names.first);
  const last = chance.pick(names.last);
  const local = `${inAddress(first)}.${inAddress(last)}${frame.index}`;
  const domain = frame.account ? `${frame.account.groupId}.example.com` : chance.pick(DOMAINS);
  const email = `${local}@${domain}`;
  return {
    key: String(frame.index),
    userId: `user-${1000 + frame.index}`,
    firstName: asWritten(first),
    lastName: asWritten(last),
    email,
    emailAsTyped: chance.happens(0.25) ? ` ${capitalised(local)}@${domain.toUpperCase()}` : email,
    emailMistyped: chance.happens(0.05) ? `${mistyped(chance, local)}@${domain}` : null,
    phones: chance.happens(0.7) ? phonesOf(country, frame.phones) : [],
    country,
    city: chance.pick(country.cities),
    devices: devicesOf(chance, frame.sharedTablet),
    manner: frame.account ? 'colleague' : chance.weighted(MANNERS).manner,
    account: frame.account,
    role: frame.role,
    firstVisitAtMs: frame.firstVisitAtMs,
  };
}

/** No two customers get the same number by accident: each country's are dealt out in turn. */
function phonesOf(country: Country, dealt: Map<string, number>): readonly string[] {
  if (!country.phone) return [];
  const ordinal = dealt.get(country.code) ?? 0;
  dealt.set(country.code, ordinal + 1);
  return country.phone(ordinal);
}

export function makeDevice(chance: Chance, form: Device['form']): Device {
  const hex = chance.hex(32);
  return { anonymousId: `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`, form };
}

function devicesOf(chance: Chance, sharedTablet: Device | null): readonly Device[] {
  const own = [makeDevice(chance, chance.happens(0.55) ? 'laptop' : 'phone')];
  if (chance.happens(0.35)) own.push(makeDevice(chance, own[0]?.form === 'phone' ? 'laptop' : 'phone'));
  return sharedTablet ? [...own, sharedTablet] : own;
}

function capitalised(local: string): string {
  return local.replace(/\b[a-z]/g, (letter) => letter.toUpperCase());
}

/** Two neighbouring letters in the wrong order. */
function mistyped(chance: Chance, local: string): string {
  const at = chance.whole(1, Math.max(1, local.indexOf('.') - 2));
  return `${local.slice(0, at)}${local.charAt(at + 1)}${local.charAt(at)}${local.slice(at + 2)}`;
}
