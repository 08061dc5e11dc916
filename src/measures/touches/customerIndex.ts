import { ProfileNumbers } from './profileNumbers';

/** An identifier's id and its profile's, as PostgreSQL sends a bigint and a uuid: 24 bytes, big-endian. */
const PAIR_BYTES = 24;

/**
 * Which customer an identifier belongs to: customers are numbered from 0 in the order of their profile ids. Ids of identifiers are hashes already, so
 * their lower half is a place in the table; the next free one is taken where it is occupied.
 */
export class CustomerIndex {
  /** How many customers there are. */
  readonly size: number;
  private readonly mask: number;
  /** Lower and upper half of an id, by place. */
  private readonly halves: Int32Array;
  /** By place; −1 where nobody is. */
  private readonly customers: Int32Array;
  private readonly profiles: ProfileNumbers;

  /** From pairs in the order of the profile ids. */
  constructor(pairs: Buffer) {
    const count = pairs.length / PAIR_BYTES;
    const places = 2 ** Math.ceil(Math.log2(Math.max(2 * count, 2)));
    this.mask = places - 1;
    this.halves = new Int32Array(2 * places);
    this.customers = new Int32Array(places).fill(-1);
    const profileIds: Buffer[] = [];
    for (let at = 0; at < pairs.length; at += PAIR_BYTES) {
      const profileId = pairs.subarray(at + 8, at + PAIR_BYTES);
      if (!profileIds.at(-1)?.equals(profileId)) profileIds.push(profileId);
      this.put(pairs.readInt32BE(at + 4), pairs.readInt32BE(at), profileIds.length - 1);
    }
    this.size = profileIds.length;
    this.profiles = new ProfileNumbers(Buffer.concat(profileIds));
  }

  /** By the halves of an identifier's id; −1 where nobody holds it. */
  customerOf(lower: number, upper: number): number {
    for (let place = lower & this.mask; ; place = (place + 1) & this.mask) {
      const customer = this.customers[place] as number;
      if (customer < 0 || (this.halves[2 * place] === lower && this.halves[2 * place + 1] === upper)) return customer;
    }
  }

  /** By the 16 bytes of a profile's id, which begin at `at`; −1 where there is none. */
  customerOfProfile(profileIds: Buffer, at = 0): number {
    return this.profiles.numberOf(profileIds, at);
  }

  private put(lower: number, upper: number, customer: number): void {
    let place = lower & this.mask;
    while ((this.customers[place] as number) >= 0) place = (place + 1) & this.mask;
    this.halves[2 * place] = lower;
    this.halves[2 * place + 1] = upper;
    this.customers[place] = customer;
  }
}
