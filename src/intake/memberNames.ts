interface Named<Value> {
  readonly name: string;
  readonly firstUnit: number;
  readonly value: Value;
}

/** A map by the names of JSON members that is asked by where a name stands in a text, so that no name is cut out of it. */
export class MemberNames<Value> {
  private readonly byLength: Named<Value>[][] = [];

  constructor(entries: Iterable<readonly [name: string, value: Value]>) {
    for (const [name, value] of entries) {
      const ofLength = this.byLength[name.length] ?? [];
      ofLength.push({ name, firstUnit: name.charCodeAt(0), value });
      this.byLength[name.length] = ofLength;
    }
  }

  /** Undefined where the text from `start` to `end` is none of the names. */
  find(text: string, start: number, end: number): Value | undefined {
    const candidates = this.byLength[end - start];
    if (candidates === undefined) return undefined;
    const unit = text.charCodeAt(start);
    for (const { name, firstUnit, value } of candidates) if (unit === firstUnit && text.startsWith(name, start)) return value;
    return undefined;
  }
}
