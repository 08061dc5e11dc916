import type { ClientBase } from 'pg';
import { type CompiledSegments, compileSegments } from '../../segments/compileSegments';
import { evaluateSegments } from '../../segments/evaluateSegments';
import { needsOf, type SubjectNeeds } from '../../segments/needsOf';
import { withNamed } from '../../segments/references';
import { loadDefinitions, type StoredSegment } from '../../storage/segments/loadDefinitions';
import { loadSubjects } from '../../storage/segments/loadSubjects';

const LOADED_AT_ONCE = 500;

/** Why profiles are in some segments, as the follower would say it when it next looks at them. Definitions are as of when it was made ready. */
export class Reasons {
  private readonly idByKey: ReadonlyMap<string, string>;

  private constructor(
    private readonly workspaceId: number,
    asked: readonly StoredSegment[],
    private readonly compiled: CompiledSegments,
    private readonly needs: SubjectNeeds,
  ) {
    this.idByKey = new Map(asked.map(({ key, segmentId }) => [key, segmentId]));
  }

  /** `client`: in a transaction inside the workspace, as for `tell`. */
  static async of(client: ClientBase, workspaceId: number, segmentIds: ReadonlySet<string>): Promise<Reasons> {
    const { segments, computedTraits } = await loadDefinitions(client, workspaceId);
    const asked = segments.filter(({ segmentId }) => segmentIds.has(segmentId));
    const keys = new Set(asked.map(({ key }) => key));
    const compiled = compileSegments(segments, computedTraits);
    const roots = compiled.roots.filter(({ key }) => keys.has(key));
    return new Reasons(workspaceId, asked, { ...compiled, roots }, needsOf({ segments: withNamed(asked, segments), computedTraits }));
  }

  /** By profile, and by segment; nothing of who would not be in. */
  async tell(client: ClientBase, profileIds: readonly string[], nowMs: number): Promise<ReadonlyMap<string, ReadonlyMap<string, string>>> {
    const reasons = new Map<string, ReadonlyMap<string, string>>();
    for (let start = 0; start < profileIds.length; start += LOADED_AT_ONCE) {
      const some = profileIds.slice(start, start + LOADED_AT_ONCE);
      for (const subject of await loadSubjects(client, this.workspaceId, some, this.needs, nowMs)) {
        const { members } = evaluateSegments(this.compiled, subject, nowMs);
        reasons.set(subject.profileId, new Map([...members].map(([key, reason]) => [this.idByKey.get(key) ?? '', reason])));
      }
    }
    return reasons;
  }
}
