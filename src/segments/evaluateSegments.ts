import type { CompiledSegments, Node, Scratch } from './compileSegments';
import { heededEvents } from './heededEvents';
import { reasonOf } from './reasonOf';
import type { Subject } from './subject';

export interface Memberships {
  /** Keys of the segments that the subject is in, each with the reason in words. */
  readonly members: ReadonlyMap<string, string>;
  /** The earliest moment after now at which time alone may change that; null: never. */
  readonly nextAtMs: number | null;
  /** The tracked events of which more may change it before, as `heededEvents` tells them. */
  readonly heeded: ReadonlySet<string>;
}

/** Which segments a subject is in at `nowMs`, why, and until when at least. `subject` has what `needsOf` says. */
export function evaluateSegments(compiled: CompiledSegments, subject: Subject, nowMs: number): Memberships {
  const evaluation = new Evaluation(compiled.scratch, subject, nowMs);
  const members = new Map<string, string>();
  let nextAtMs = Infinity;
  for (const { key, root } of compiled.roots) {
    if (evaluation.holds(root)) members.set(key, reasonOf(root, evaluation));
    nextAtMs = Math.min(nextAtMs, evaluation.changesAtMs(root));
  }
  return { members, nextAtMs: nextAtMs === Infinity ? null : nextAtMs, heeded: heededEvents(compiled, evaluation) };
}

const [UNKNOWN, NO, YES] = [0, 1, 2];

/** What was found of one subject at one time; each condition is looked at once, and only where it makes a difference. */
export class Evaluation {
  private readonly verdicts: Uint8Array;
  private readonly changes: Float64Array;

  /** `scratch`: its own until the evaluation is over. */
  constructor(
    { verdicts, changes }: Scratch,
    readonly subject: Subject,
    readonly nowMs: number,
  ) {
    this.verdicts = verdicts.fill(UNKNOWN);
    this.changes = changes;
  }

  holds(node: Node): boolean {
    const verdict = this.verdicts[node.index];
    if (verdict !== UNKNOWN) return verdict === YES;
    const holds = this.find(node);
    this.verdicts[node.index] = holds ? YES : NO;
    return holds;
  }

  /** When time alone may change next what `holds` answers; Infinity: never. */
  changesAtMs(node: Node): number {
    if (this.verdicts[node.index] === UNKNOWN) this.holds(node);
    return this.changes[node.index] ?? Infinity;
  }

  private find(node: Node): boolean {
    switch (node.type) {
      case 'leaf':
        this.changes[node.index] = node.leaf.changesAtMs(this.subject, this.nowMs);
        return node.leaf.holds(this.subject, this.nowMs);
      case 'not':
        this.changes[node.index] = this.changesAtMs(node.node);
        return !this.holds(node.node);
      case 'segment':
        this.changes[node.index] = node.root === null ? Infinity : this.changesAtMs(node.root);
        return node.root !== null && this.holds(node.root);
      default:
        return this.findGroup(node);
    }
  }

  /**
   * One member that doesn't hold decides `all`, one that holds `any`. A group so decided stays so as long as one of the members that decided it does;
   * one that none decided stays so until the first of its members changes.
   */
  private findGroup({ type, index, byCost }: Extract<Node, { type: 'all' | 'any' }>): boolean {
    const deciding = type === 'any';
    let decidedUntilMs = -Infinity;
    let firstChangeMs = Infinity;
    for (const member of byCost) {
      const changesAtMs = this.changesAtMs(member);
      if (this.holds(member) === deciding) decidedUntilMs = Math.max(decidedUntilMs, changesAtMs);
      else firstChangeMs = Math.min(firstChangeMs, changesAtMs);
      if (decidedUntilMs === Infinity) break;
    }
    const isDecided = decidedUntilMs > -Infinity;
    this.changes[index] = isDecided ? decidedUntilMs : firstChangeMs;
    return isDecided ? deciding : !deciding;
  }
}
