import type { Node } from './compileSegments';
import type { Evaluation } from './evaluateSegments';
import { constantWords } from './plainWords';

const EVERYBODY = 'everybody is in';
const LONGEST = 2_000;

/**
 * Why a subject is in a segment, in words: each condition that holds, parted by semicolons; of `any` only those that hold, of `not` what is not so. For a
 * root that holds.
 */
export function reasonOf(root: Node, evaluation: Evaluation): string {
  const parts = new Set<string>();
  gather(root, true, evaluation, parts);
  const reason = parts.size === 0 ? EVERYBODY : [...parts].join('; ');
  return reason.length <= LONGEST ? reason : `${reason.slice(0, LONGEST - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/** What makes a node hold, or not hold. */
function gather(node: Node, holds: boolean, evaluation: Evaluation, parts: Set<string>): void {
  if (node.type === 'leaf') parts.add(node.leaf.words(evaluation.subject, evaluation.nowMs, holds));
  else if (node.type === 'segment') parts.add(`${holds ? 'in' : 'not in'} the segment ${constantWords(node.name)}`);
  else if (node.type === 'not') gather(node.node, !holds, evaluation, parts);
  else {
    for (const member of node.nodes) if (evaluation.holds(member) === holds) gather(member, holds, evaluation, parts);
  }
}
