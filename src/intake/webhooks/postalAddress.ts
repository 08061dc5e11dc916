import type { JsonObject } from '../../kernel/json';
import { known } from './payload';

/** What vendors state of an address, each by names of its own. */
interface StatedAddress {
  readonly lines: readonly (string | null)[];
  readonly city: string | null;
  readonly postalCode: string | null;
  readonly state: string | null;
  readonly country: string | null;
}

/** As the trait `address` has it: its lines are the street. Null where nothing is stated. */
export function postalAddress({ lines, ...rest }: StatedAddress): JsonObject | null {
  const street = lines.filter((line) => line !== null).join(', ');
  const address = known({ street: street || null, ...rest });
  return Object.keys(address).length > 0 ? address : null;
}
