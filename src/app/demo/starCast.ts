import { COUNTRIES, type Country } from './countries';
import type { Account, Customer, Device } from './customer';

interface Cast {
  readonly key: string;
  readonly name: readonly [first: string, last: string];
  readonly email: string;
  readonly emailAsTyped?: string;
  readonly phones?: readonly string[];
  readonly country: string;
  readonly city: string;
  readonly devices: readonly Device[];
  readonly account?: Account;
}

/** A hand-written customer: what a story does not say is as it mostly is. */
export function aCustomer(cast: Cast): Customer {
  return {
    key: cast.key,
    userId: `user-${cast.key}`,
    firstName: cast.name[0],
    lastName: cast.name[1],
    email: cast.email,
    emailAsTyped: cast.emailAsTyped ?? cast.email,
    emailMistyped: null,
    phones: cast.phones ?? [],
    country: COUNTRIES.find(({ code }) => code === cast.country) as Country,
    city: cast.city,
    devices: cast.devices,
    manner: cast.account ? 'colleague' : 'regular',
    account: cast.account ?? null,
    role: cast.account ? 'Owner' : null,
    firstVisitAtMs: 0,
  };
}

/** A device whose anonymous id begins with eight characters of its own. */
export function aDevice(first: string, form: Device['form']): Device {
  return { anonymousId: `${first}-0000-4000-a000-000000000000`, form };
}
