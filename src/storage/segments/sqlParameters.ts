/** The values of a statement that is put together: none of them ever becomes part of its text. */
export class SqlParameters {
  readonly values: unknown[] = [];
  private readonly texts = new Map<string, string>();

  /** What stands for the value in the statement, with its type. */
  add(value: unknown, type: string): string {
    const key = `${type} ${JSON.stringify(value)}`;
    const known = this.texts.get(key);
    if (known !== undefined) return known;
    this.values.push(value);
    const text = `$${this.values.length}::${type}`;
    this.texts.set(key, text);
    return text;
  }

  text(value: string): string {
    return this.add(value, 'text');
  }

  /** A timestamptz. */
  time(atMs: number): string {
    return this.add(new Date(atMs).toISOString(), 'timestamptz');
  }

  /** An interval of so many milliseconds. */
  span(ms: number): string {
    return `(${this.add(ms, 'float8')} * interval '1 millisecond')`;
  }
}
