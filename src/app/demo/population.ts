import type { Chance } from './chance';
import { type Account, type Customer, type Device, makeCustomer, makeDevice } from './customer';
import { DAY_MS } from './life';

const CUSTOMERS = 2_000;
const ACCOUNTS = 48;
const HOUSEHOLD_EVERY = 40;

const COMPANY_WORDS = [
  'Blue',
  'North',
  'Copper',
  'Willow',
  'Granite',
  'Bright',
  'Silver',
  'Maple',
  'Quiet',
  'Rapid',
  'Amber',
  'Iron',
] as const;
const COMPANY_NOUNS = ['Analytics', 'Studio', 'Logistics', 'Legal', 'Robotics', 'Dental', 'Press', 'Architects'] as const;
const ROLES = ['Member', 'Member', 'Member', 'Admin'] as const;

/** A member of the population, and whether this is who buys for the account. */
export interface Member {
  readonly customer: Customer;
  readonly buysForAccount: boolean;
}

/** Everybody who will come in the year, in no order. Newcomers grow over the year: more of them in its second half. */
export function populate(chance: Chance, span: { readonly startMs: number; readonly endMs: number }): Member[] {
  const phones = new Map<string, number>();
  const members: Member[] = [];
  const firstVisitAtMs = (): number => span.startMs + (span.endMs - span.startMs) * chance.fraction() ** 0.85;
  const add = (account: Account | null, role: string | null, sharedTablet: Device | null, atMs: number): void => {
    const customer = makeCustomer(chance, { index: members.length + 1, firstVisitAtMs: atMs, account, role, phones, sharedTablet });
    members.push({ customer, buysForAccount: role === 'Owner' });
  };
  for (let index = 0; index < ACCOUNTS; index++) {
    const account = makeAccount(chance, index);
    const atMs = firstVisitAtMs();
    add(account, 'Owner', null, atMs);
    for (let colleagues = account.signs ? chance.whole(2, 6) : 0; colleagues > 0; colleagues--)
      add(account, chance.pick(ROLES), null, atMs + chance.between(30, 80) * DAY_MS);
  }
  while (members.length < CUSTOMERS) {
    const isHousehold = members.length % HOUSEHOLD_EVERY === 0 && members.length + 1 < CUSTOMERS;
    const tablet = isHousehold ? makeDevice(chance, 'tablet') : null;
    add(null, null, tablet, firstVisitAtMs());
    if (isHousehold) add(null, null, tablet, firstVisitAtMs());
  }
  return members;
}

function makeAccount(chance: Chance, index: number): Account {
  const word = COMPANY_WORDS[index % COMPANY_WORDS.length] as string;
  const noun = COMPANY_NOUNS[Math.floor(index / COMPANY_WORDS.length + index) % COMPANY_NOUNS.length] as string;
  const name = `${word} ${noun}`;
  return {
    groupId: `${word}-${noun}-${index + 1}`.toLowerCase(),
    name,
    industry: noun,
    employees: chance.whole(8, 400),
    signs: chance.happens(0.8),
  };
}
