import type { Links } from './clusters';

/** Links as they are found, in arrays that grow. */
export class LinkList {
  private ones = new Int32Array(1 << 16);
  private others = new Int32Array(1 << 16);
  private weights = new Float32Array(1 << 16);
  private length = 0;

  add(one: number, other: number, weight: number): void {
    if (this.length === this.ones.length) this.grow();
    this.ones[this.length] = one;
    this.others[this.length] = other;
    this.weights[this.length] = weight;
    this.length++;
  }

  toLinks(): Links {
    return {
      ones: this.ones.subarray(0, this.length),
      others: this.others.subarray(0, this.length),
      weights: this.weights.subarray(0, this.length),
    };
  }

  private grow(): void {
    const [ones, others, weights] = [this.ones, this.others, this.weights];
    this.ones = new Int32Array(2 * this.length);
    this.others = new Int32Array(2 * this.length);
    this.weights = new Float32Array(2 * this.length);
    this.ones.set(ones);
    this.others.set(others);
    this.weights.set(weights);
  }
}
