import type { PartLabel } from './identityStore';

/** Labels as numbers, for as long as a replay takes: each parting has two that follow each other. */
export class PartTable {
  private readonly decisionIds: string[] = [];
  private readonly indexes = new Map<string, number>();

  number({ decisionId, side }: PartLabel): number {
    let index = this.indexes.get(decisionId);
    if (index === undefined) {
      index = this.decisionIds.push(decisionId) - 1;
      this.indexes.set(decisionId, index);
    }
    return 2 * index + side;
  }

  label(number: number): PartLabel {
    return { decisionId: this.decisionIds[number >> 1] as string, side: number % 2 === 0 ? 0 : 1 };
  }
}

/** The other side of the same parting. */
export function oppositeLabel(number: number): number {
  return number ^ 1;
}
