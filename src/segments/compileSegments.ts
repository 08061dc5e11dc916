import { canonicalJson } from './canonicalJson';
import { compileLeaf } from './compileLeaf';
import type { ComputedTrait } from './computedTrait';
import type { Condition } from './definition';
import type { Leaf } from './leaf';
import { constantWords } from './plainWords';
import type { Segment } from './segment';

/** A condition made ready. The same condition is the same node, however many segments have it; `index` numbers them. */
export type Node =
  | { readonly type: 'leaf'; readonly index: number; readonly leaf: Leaf }
  | { readonly type: 'not'; readonly index: number; readonly node: Node }
  /** `nodes` as they were written, `byCost` as they are best looked at. */
  | { readonly type: 'all' | 'any'; readonly index: number; readonly nodes: readonly Node[]; readonly byCost: readonly Node[] }
  /** `words`: where it holds, and where not. `root` null: there is no such segment, or it asks for the one that asks. */
  | { readonly type: 'segment'; readonly index: number; readonly words: readonly [string, string]; readonly root: Node | null };

/** Segments made ready for many subjects; see `evaluateSegments`. */
export interface CompiledSegments {
  readonly segments: readonly Segment[];
  readonly computedTraits: readonly ComputedTrait[];
  readonly roots: readonly { readonly key: string; readonly root: Node }[];
  /** Room for what is found of one subject, by the nodes' index; used again for the next. */
  readonly scratch: Scratch;
}

export interface Scratch {
  readonly verdicts: Uint8Array;
  readonly changes: Float64Array;
  readonly visited: Uint8Array;
}

/**
 * Total: a condition on a segment that is not among them holds of nobody, and so does one that closes a circle (both are refused when a segment is
 * defined); a computed trait that is not among them is absent.
 */
export function compileSegments(segments: readonly Segment[], computedTraits: readonly ComputedTrait[]): CompiledSegments {
  const compiler = new Compiler(segments, computedTraits);
  const roots = segments.map((segment) => ({ key: segment.key, root: compiler.rootOf(segment) }));
  const { nodeCount } = compiler;
  const scratch = { verdicts: new Uint8Array(nodeCount), changes: new Float64Array(nodeCount), visited: new Uint8Array(nodeCount) };
  return { segments, computedTraits, roots, scratch };
}

class Compiler {
  private readonly byCondition = new Map<string, Node>();
  private readonly bySegment: ReadonlyMap<string, Segment>;
  private readonly rootBySegment = new Map<string, Node>();
  /** Keys of the segments that are being compiled. */
  private readonly open = new Set<string>();
  nodeCount = 0;

  constructor(
    segments: readonly Segment[],
    private readonly computedTraits: readonly ComputedTrait[],
  ) {
    this.bySegment = new Map(segments.map((segment) => [segment.key, segment]));
  }

  rootOf({ key, definition }: Segment): Node {
    const known = this.rootBySegment.get(key);
    if (known) return known;
    this.open.add(key);
    const root = this.node(definition.condition);
    this.open.delete(key);
    this.rootBySegment.set(key, root);
    return root;
  }

  private node(condition: Condition): Node {
    const text = canonicalJson(condition);
    const known = this.byCondition.get(text);
    if (known) return known;
    const made = this.made(condition);
    this.byCondition.set(text, made);
    return made;
  }

  private made(condition: Condition): Node {
    switch (condition.type) {
      case 'all':
      case 'any': {
        const nodes = condition.conditions.map((member) => this.node(member));
        const byCost = [...nodes].sort((left, right) => costOf(left) - costOf(right));
        return { type: condition.type, index: this.nodeCount++, nodes, byCost };
      }
      case 'not':
        return { type: 'not', node: this.node(condition.condition), index: this.nodeCount++ };
      case 'segment':
        return this.segmentNode(condition.key);
      default:
        return { type: 'leaf', index: this.nodeCount++, leaf: compileLeaf(condition, this.computedTraits) };
    }
  }

  private segmentNode(key: string): Node {
    const segment = this.bySegment.get(key);
    const root = segment && !this.open.has(key) ? this.rootOf(segment) : null;
    const named = `in the segment ${constantWords(segment?.name ?? key)}`;
    return { type: 'segment', index: this.nodeCount++, words: [named, `not ${named}`], root };
  }
}

const [CHEAP, DEAR, DEAREST] = [0, 1, 2];

function costOf(node: Node): number {
  if (node.type === 'leaf') return node.leaf.isCheap ? CHEAP : DEAR;
  return node.type === 'not' ? costOf(node.node) : DEAREST;
}
