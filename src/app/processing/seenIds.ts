const FEWEST_SLOTS = 4_096;
const MOST_SLOTS = 262_144;
const HEX_DIGITS = Uint8Array.from({ length: 128 }, (_, code) => Number.parseInt(String.fromCharCode(code), 16) || 0);

/**
 * Tells of an id that it was certainly not among the last hundred thousand, without keeping their texts: 48 bits of each stand in a hash
 * table with open addressing. A full table becomes the one of before, and the one that was before is forgotten.
 */
export class SeenIds {
  private now = new Float64Array(FEWEST_SLOTS);
  private before = new Float64Array(0);
  private count = 0;

  /** Whether the UUID may have been added before; false is certain of what is still remembered. Adds it. */
  add(uuid: string): boolean {
    if (this.count * 2 >= this.now.length) this.makeRoom();
    const key = keyOf(uuid);
    const slot = slotOf(this.now, key);
    if (this.now[slot] === key) return true;
    this.now[slot] = key;
    this.count++;
    return this.before.length > 0 && this.before[slotOf(this.before, key)] === key;
  }

  private makeRoom(): void {
    const full = this.now;
    if (full.length >= MOST_SLOTS) {
      this.before = full;
      this.now = new Float64Array(MOST_SLOTS);
      this.count = 0;
      return;
    }
    this.now = new Float64Array(full.length * 4);
    for (const key of full) if (key !== 0) this.now[slotOf(this.now, key)] = key;
  }
}

/** Where the key is, or the free slot where it belongs; there always is one, since a table is at most half full. */
function slotOf(table: Float64Array, key: number): number {
  const mask = table.length - 1;
  let slot = key % table.length;
  while (table[slot] !== 0 && table[slot] !== key) slot = (slot + 1) & mask;
  return slot;
}

/** The last twelve digits, which are random in UUIDs of every kind; never zero. */
function keyOf(uuid: string): number {
  let high = 0;
  let low = 0;
  for (let index = 24; index < 30; index++) high = (high << 4) | (HEX_DIGITS[uuid.charCodeAt(index)] as number);
  for (let index = 30; index < 36; index++) low = (low << 4) | (HEX_DIGITS[uuid.charCodeAt(index)] as number);
  return high * 16_777_216 + low + 1;
}
