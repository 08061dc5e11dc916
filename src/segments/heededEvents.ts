import type { CompiledSegments, Node } from './compileSegments';
import type { Evaluation } from './evaluateSegments';

/**
 * Keys of the tracked events of which more could change what an evaluation found, before time alone does: as long as nothing else than events is new of the
 * subject, and none of these, all segments go on to be answered the same until then. Null: whatever happens could.
 *
 * Of a group that some of its members decide, the one that does so for the longest answers for all, as it does for `changesAtMs`; else each member counts.
 */
export function heededEvents({ roots, scratch }: CompiledSegments, evaluation: Evaluation): ReadonlySet<string> | null {
  const search = new Search(evaluation, scratch.visited.fill(0));
  for (const { root } of roots) if (!search.visit(root)) return null;
  return search.found;
}

class Search {
  readonly found = new Set<string>();

  constructor(
    private readonly evaluation: Evaluation,
    private readonly visited: Uint8Array,
  ) {}

  /** Answers false as soon as it is clear that whatever happens counts. */
  visit(node: Node): boolean {
    if (this.visited[node.index] === 1) return true;
    this.visited[node.index] = 1;
    switch (node.type) {
      case 'leaf':
        return this.add(node.leaf.heeds(this.evaluation.subject, this.evaluation.nowMs));
      case 'not':
        return this.visit(node.node);
      case 'segment':
        return node.root === null || this.visit(node.root);
      default:
        return this.visitGroup(node);
    }
  }

  private visitGroup(group: Extract<Node, { type: 'all' | 'any' }>): boolean {
    const { evaluation } = this;
    const deciding = group.type === 'any';
    if (evaluation.holds(group) !== deciding) return group.nodes.every((member) => this.visit(member));
    const untilMs = evaluation.changesAtMs(group);
    const decider = group.byCost.find((member) => evaluation.holds(member) === deciding && evaluation.changesAtMs(member) === untilMs);
    return decider === undefined || this.visit(decider);
  }

  private add(keys: readonly string[] | null): boolean {
    if (keys !== null) for (const key of keys) this.found.add(key);
    return keys !== null;
  }
}
