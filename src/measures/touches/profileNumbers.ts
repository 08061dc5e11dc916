export const PROFILE_BYTES = 16;
const WORDS = 4;
/** 2^32 divided by the golden ratio, which scatters what is multiplied by it (Knuth, The Art of Computer Programming, 6.4). */
const SCATTERING = 0x9e3779b1;

/** Numbers of profiles, by the 16 bytes of their ids: the place of each in the order that they were given in. */
export class ProfileNumbers {
  readonly size: number;
  /** Four to an id. */
  private readonly words: Int32Array;
  /** By place; −1 where nobody is. */
  private readonly numbers: Int32Array;
  private readonly shift: number;

  /** From ids one after the other, each of them once. */
  constructor(profileIds: Buffer) {
    this.size = profileIds.length / PROFILE_BYTES;
    this.words = new Int32Array(WORDS * this.size);
    Buffer.from(this.words.buffer).set(profileIds);
    const bits = Math.max(1, Math.ceil(Math.log2(2 * this.size + 1)));
    this.shift = 32 - bits;
    this.numbers = new Int32Array(2 ** bits).fill(-1);
    for (let number = 0; number < this.size; number++) this.put(number);
  }

  /** Of the id that begins at `at`; −1 where it is none of them. */
  numberOf(ids: Buffer, at: number): number {
    const first = ids.readInt32LE(at);
    const second = ids.readInt32LE(at + 4);
    const third = ids.readInt32LE(at + 8);
    const fourth = ids.readInt32LE(at + 12);
    const { words, numbers } = this;
    for (let place = this.placeOf(first ^ second ^ third ^ fourth); ; place = (place + 1) & (numbers.length - 1)) {
      const number = numbers[place] as number;
      const word = WORDS * number;
      if (number < 0) return -1;
      if (words[word + 3] === fourth && words[word + 2] === third && words[word + 1] === second && words[word] === first) return number;
    }
  }

  private put(number: number): void {
    const word = WORDS * number;
    const { words } = this;
    const mixed = (words[word] as number) ^ (words[word + 1] as number) ^ (words[word + 2] as number) ^ (words[word + 3] as number);
    let place = this.placeOf(mixed);
    while ((this.numbers[place] as number) >= 0) place = (place + 1) & (this.numbers.length - 1);
    this.numbers[place] = number;
  }

  private placeOf(mixed: number): number {
    return Math.imul(mixed, SCATTERING) >>> this.shift;
  }
}
