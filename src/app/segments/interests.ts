import type { ClientBase } from 'pg';
import type { Json } from '../../kernel/json';
import { Refusal } from '../../kernel/refusals';
import { type Interest, interestOf } from '../../segments/interestOf';
import { parseComputedTrait } from '../../segments/parseComputedTrait';
import { parseDefinition } from '../../segments/parseDefinition';
import { loadAsked } from '../../storage/statements/loadAsked';

interface Asked {
  readonly segments: readonly [key: string, name: string, definition: Json][];
  readonly computedTraits: readonly [key: string, name: string, definition: Json][];
  readonly trackedEvents: readonly [eventKey: string, trackedEventId: number][];
}

/** Workspaces that are remembered; those looked at last. */
const REMEMBERED = 100;

/** What the segments and computed traits of workspaces ask about, made ready once for as long as they stay as they are. */
export class Interests {
  private readonly known = new Map<number, { readonly asked: string; readonly interest: Interest }>();

  /** As stored now: one statement. What can't be read, because another version wrote it, asks nothing. */
  async load(reader: ClientBase, workspaceId: number): Promise<Interest> {
    const asked = await loadAsked(reader, workspaceId);
    const known = this.known.get(workspaceId);
    const interest = known?.asked === asked ? known.interest : interestIn(JSON.parse(asked));
    this.known.delete(workspaceId);
    this.known.set(workspaceId, { asked, interest });
    for (const oldest of this.known.keys()) {
      if (this.known.size <= REMEMBERED) break;
      this.known.delete(oldest);
    }
    return interest;
  }
}

function interestIn({ segments, computedTraits, trackedEvents }: Asked): Interest {
  return interestOf(
    segments.flatMap(([key, name, json]) => readable(() => ({ key, name, definition: parseDefinition(json) }))),
    computedTraits.flatMap(([key, name, json]) => readable(() => ({ key, name, definition: parseComputedTrait(json) }))),
    new Map(trackedEvents),
  );
}

function readable<Parsed>(parse: () => Parsed): Parsed[] {
  try {
    return [parse()];
  } catch (error) {
    if (error instanceof Refusal) return [];
    throw error;
  }
}
