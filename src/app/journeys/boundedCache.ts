/** Values by key, as many as fit a number of bytes; what was not used for longest goes first. */
export class BoundedCache<Value extends { readonly bytes: number }> {
  /** Least recently used first. */
  private readonly values = new Map<string, Value>();
  private held = 0;

  constructor(private readonly mostBytes: number) {}

  get(key: string): Value | undefined {
    const value = this.values.get(key);
    if (value) {
      this.values.delete(key);
      this.values.set(key, value);
    }
    return value;
  }

  /** A value that does not fit at all is not kept. */
  set(key: string, value: Value): void {
    this.delete(key);
    this.values.set(key, value);
    this.held += value.bytes;
    for (const oldest of this.values.keys()) {
      if (this.held <= this.mostBytes) return;
      this.delete(oldest);
    }
  }

  private delete(key: string): void {
    this.held -= this.values.get(key)?.bytes ?? 0;
    this.values.delete(key);
  }
}
