const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPENING_BRACE = 0x7b;
const OPENING_BRACKET = 0x5b;
const CLOSING_BRACE = 0x7d;
const CLOSING_BRACKET = 0x5d;
const SPACE = 0x20;
const ZERO = 0x30;
const NINE = 0x39;
const LETTER_E = 0x65;
const LOWER_CASE = 0x20;

/** By ASCII character: the levels that it opens. Outside of strings, JSON has no other characters. */
const LEVELS = new Int8Array(128);
LEVELS[OPENING_BRACE] = LEVELS[OPENING_BRACKET] = 1;
LEVELS[CLOSING_BRACE] = LEVELS[CLOSING_BRACKET] = -1;
const ASCII = 0x7f;

/** From so many digits on, a number may be more than a double holds. */
const MANY_DIGITS = 16;

/** Walks over JSON text without building anything. For text that is known to be valid: it checks nothing. */
export class JsonCursor {
  /** Where it stands: before a value or behind one. */
  at = 0;
  /** Where the name of the member stands on whose value it is, without its quotes. */
  nameStart = 0;
  nameEnd = 0;
  /** Something went by that only a parser can judge: a name with escapes, a number that a double may not hold, or deep nesting. */
  needsParser = false;
  private sawEscape = false;

  constructor(
    private readonly text: string,
    private readonly maxLevels: number,
  ) {}

  /** Steps into the object here, before its first member; stays where something else is. */
  enterObject(): boolean {
    return this.enter(OPENING_BRACE);
  }

  enterArray(): boolean {
    return this.enter(OPENING_BRACKET);
  }

  /** Goes on to the value of the next member; at the object's end it steps out of it and answers false. */
  nextMember(): boolean {
    if (!this.nextItem()) return false;
    this.nameStart = this.at + 1;
    this.sawEscape = false;
    this.at = this.endOfString(this.nameStart);
    if (this.sawEscape) this.needsParser = true;
    this.nameEnd = this.at - 1;
    this.at = this.pastSpace(this.pastSpace(this.at) + 1);
    return true;
  }

  /** Goes on to the next item; at the array's end it steps out of it and answers false. */
  nextItem(): boolean {
    this.at = this.pastSpace(this.at);
    if (this.text.charCodeAt(this.at) === COMMA) this.at = this.pastSpace(this.at + 1);
    const unit = this.text.charCodeAt(this.at);
    const isEnd = unit === CLOSING_BRACE || unit === CLOSING_BRACKET || this.at >= this.text.length;
    if (isEnd) this.at++;
    return !isEnd;
  }

  isNamed(name: string): boolean {
    return this.nameEnd - this.nameStart === name.length && this.text.startsWith(name, this.nameStart);
  }

  /** Passes over the string here and answers it; null, and stays, where there is none or one with escapes in it. */
  plainString(): string | null {
    const start = this.at + 1;
    if (this.text.charCodeAt(this.at) !== QUOTE) return null;
    this.sawEscape = false;
    const end = this.endOfString(start);
    if (this.sawEscape) return null;
    this.at = end;
    return this.text.slice(start, end - 1);
  }

  skipValue(): void {
    const unit = this.text.charCodeAt(this.at);
    if (unit === QUOTE) this.at = this.endOfString(this.at + 1);
    else if (unit === OPENING_BRACE || unit === OPENING_BRACKET) this.skipNested();
    else this.skipWord();
  }

  private enter(bracket: number): boolean {
    this.at = this.pastSpace(this.at);
    if (this.text.charCodeAt(this.at) !== bracket) return false;
    this.at++;
    return true;
  }

  private skipNested(): void {
    const { text } = this;
    let { at } = this;
    let levels = 0;
    let digits = 0;
    do {
      const unit = text.charCodeAt(at++);
      digits = this.digitsWith(unit, digits);
      levels += LEVELS[unit & ASCII] as number;
      if (unit === QUOTE) at = this.endOfString(at);
      if (levels > this.maxLevels) this.needsParser = true;
    } while (levels > 0 && at < text.length);
    this.at = at;
  }

  /** How many digits stand in a row after this unit. */
  private digitsWith(unit: number, digits: number): number {
    if (unit >= ZERO && unit <= NINE) {
      if (digits + 1 === MANY_DIGITS) this.needsParser = true;
      return digits + 1;
    }
    if (digits > 0 && (unit | LOWER_CASE) === LETTER_E) this.needsParser = true;
    return 0;
  }

  /** A number, true, false or null. */
  private skipWord(): void {
    const { text } = this;
    const start = this.at;
    let unit = text.charCodeAt(start);
    const isNumber = unit <= NINE;
    while (this.at < text.length && unit > SPACE && unit !== COMMA && unit !== CLOSING_BRACE && unit !== CLOSING_BRACKET) {
      if (isNumber && (unit | LOWER_CASE) === LETTER_E) this.needsParser = true;
      unit = text.charCodeAt(++this.at);
    }
    if (this.at - start >= MANY_DIGITS) this.needsParser = true;
  }

  /** Behind the closing quote of the string whose text begins here. */
  private endOfString(start: number): number {
    const { text } = this;
    let at = start;
    for (let unit = text.charCodeAt(at); unit !== QUOTE && at < text.length; unit = text.charCodeAt(++at)) {
      if (unit !== BACKSLASH) continue;
      this.sawEscape = true;
      at++;
    }
    return at + 1;
  }

  private pastSpace(start: number): number {
    let at = start;
    while (this.text.charCodeAt(at) <= SPACE) at++;
    return at;
  }
}
