import type { ClientBase, Pool } from 'pg';
import { loadSegmentDefinitions } from '../../storage/statements/loadSegmentDefinitions';
import { changeSegmentDefinitions, takeSegmentProgress } from '../../storage/statements/segmentProgress';
import { failSegments } from '../../storage/statements/writeSegments';
import { inWorkspace, isOvertaken } from '../../storage/workspaceTransaction';
import { dependentsOf, keyedSegments, readDefinitions } from './deskDefinitions';
import { type FollowedDefinitions, followedDefinitions } from './followedDefinitions';
import { SegmentsFailed } from './judging';

/** How often work begins anew that somebody else came before. */
const MOST_OVERTAKEN = 10;
const LONGEST_FAILURE = 500;

/** What work on a workspace came to where somebody else was at it. */
export const TAKEN = Symbol('somebody else is at it');

interface Remembered {
  readonly version: string;
  readonly definitions: FollowedDefinitions;
}

/** Lets one at a time write memberships in a workspace, on this process and all others; remembers the definitions between times. */
export class SoleWriter {
  private readonly remembered = new Map<number, Remembered>();

  /** `pool`: of the role throughline_app, pipelined. */
  constructor(private readonly pool: Pool) {}

  /**
   * Runs `work` in one transaction that sees one state of the database throughout; where somebody else has changed that state before it was taken, again.
   * Segments that turn out to fail do so alone, and are noted as failed: then it throws SegmentsFailed, and nothing else has changed.
   */
  async write<Result>(
    workspaceId: number,
    work: (client: ClientBase, definitions: FollowedDefinitions) => Promise<Result>,
  ): Promise<Result | typeof TAKEN> {
    for (let overtaken = 0; ; overtaken++) {
      try {
        return await this.attempt(workspaceId, work);
      } catch (error) {
        if (error instanceof SegmentsFailed) await this.noteFailures(workspaceId, error);
        if (!isOvertaken(error) || overtaken >= MOST_OVERTAKEN) throw error;
      }
    }
  }

  private attempt<Result>(
    workspaceId: number,
    work: (client: ClientBase, definitions: FollowedDefinitions) => Promise<Result>,
  ): Promise<Result | typeof TAKEN> {
    return inWorkspace(this.pool, workspaceId, 'steadyChanges', async (client) => {
      const version = await takeSegmentProgress(client, workspaceId);
      return version === null ? TAKEN : work(client, await this.definitions(client, workspaceId, version));
    });
  }

  private async definitions(client: ClientBase, workspaceId: number, version: string): Promise<FollowedDefinitions> {
    const known = this.remembered.get(workspaceId);
    if (known?.version === version) return known.definitions;
    const definitions = followedDefinitions(await loadSegmentDefinitions(client, workspaceId), version);
    if (definitions.failures.size > 0) throw new SegmentsFailed(definitions.failures);
    this.remembered.set(workspaceId, { version, definitions });
    return definitions;
  }

  /** Those that name them fail with them. */
  private noteFailures(workspaceId: number, { failures }: SegmentsFailed): Promise<void> {
    return inWorkspace(this.pool, workspaceId, 'changes', async (client) => {
      await changeSegmentDefinitions(client, workspaceId);
      const stored = await loadSegmentDefinitions(client, workspaceId);
      const dependents = dependentsOf(new Set(failures.keys()), keyedSegments(readDefinitions(stored)));
      const reasons = stored.segments.flatMap(({ segmentId, key }): [string, string][] => {
        const reason = failures.get(key) ?? (dependents.has(key) ? 'It names a segment that failed.' : null);
        return reason === null ? [] : [[segmentId, reason.slice(0, LONGEST_FAILURE)]];
      });
      await failSegments(client, workspaceId, new Map(reasons));
    });
  }
}
