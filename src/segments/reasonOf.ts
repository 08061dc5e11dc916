import type { Node } from './compileSegments';
import type { Evaluation } from './evaluateSegments';

const EVERYBODY = 'everybody is in';
const LONGEST = 2_000;

/**
 * Why a subject is in a segment, in words: each condition that holds, parted by semicolons; of `any` only those that hold, of `not` what is not so. For a
 * root that holds.
 */
export function reasonOf(root: Node, evaluation: Evaluation): string {
  const reason = new Reason(evaluation);
  reason.add(root, true);
  if (reason.text === '') return EVERYBODY;
  return reason.text.length <= LONGEST ? reason.text : `${reason.text.slice(0, LONGEST - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

class Reason {
  text = '';
  /** What is said already; one condition may stand in several groups. */
  private readonly said: Node[] = [];

  constructor(private readonly evaluation: Evaluation) {}

  /** What makes a node hold, or not hold. */
  add(node: Node, holds: boolean): void {
    if (node.type === 'not') this.add(node.node, !holds);
    else if ('nodes' in node) {
      for (const member of node.nodes) if (this.evaluation.holds(member) === holds) this.add(member, holds);
    } else if (!this.said.includes(node)) this.say(node, holds);
  }

  private say(node: Extract<Node, { type: 'leaf' | 'segment' }>, holds: boolean): void {
    this.said.push(node);
    const { subject, nowMs } = this.evaluation;
    const words = node.type === 'leaf' ? node.leaf.words(subject, nowMs, holds) : node.words[holds ? 0 : 1];
    this.text += this.text === '' ? words : `; ${words}`;
  }
}
