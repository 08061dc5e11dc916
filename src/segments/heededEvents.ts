import type { CompiledSegments, Node } from './compileSegments';
import type { Evaluation } from './evaluateSegments';

/**
 * Keys of the tracked events of which more could change what an evaluation found, before time alone does: as long as nothing else than events is new of the
 * subject, and none of these, all segments go on to be answered the same until then. Health and the probabilities are taken as they were found.
 *
 * Of a group that some of its members decide, the one that does so for the longest answers for all, as it does for `changesAtMs`; else each member counts.
 */
export function heededEvents({ roots, scratch }: CompiledSegments, evaluation: Evaluation): ReadonlySet<string> {
  const search = new Search(evaluation, scratch.visited.fill(0));
  for (const { root } of roots) search.visit(root);
  return search.found;
}

class Search {
  readonly found = new Set<string>();

  constructor(
    private readonly evaluation: Evaluation,
    private readonly visited: Uint8Array,
  ) {}

  visit(node: Node): void {
    if (this.visited[node.index] === 1) return;
    this.visited[node.index] = 1;
    if (node.type === 'leaf') this.add(node.leaf.heeds(this.evaluation.subject, this.evaluation.nowMs));
    else if (node.type === 'not') this.visit(node.node);
    else if (node.type === 'segment') node.root && this.visit(node.root);
    else this.visitGroup(node);
  }

  private visitGroup(group: Extract<Node, { type: 'all' | 'any' }>): void {
    const { evaluation } = this;
    const deciding = group.type === 'any';
    if (evaluation.holds(group) !== deciding) {
      for (const member of group.nodes) this.visit(member);
      return;
    }
    const untilMs = evaluation.changesAtMs(group);
    const decider = group.byCost.find((member) => evaluation.holds(member) === deciding && evaluation.changesAtMs(member) === untilMs);
    if (decider) this.visit(decider);
  }

  private add(keys: readonly string[]): void {
    for (const key of keys) this.found.add(key);
  }
}
