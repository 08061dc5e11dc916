import DataLoader from 'dataloader';
import { type CustomerFacts, customerFacts } from '../customerFacts';
import type { InteractionRecord, TimelineRange, TimelineReader, TimelineSelection } from '../ports/timelineReader';

type Timeline = readonly string[];
type Records = readonly InteractionRecord[];

/** One statement for all timelines that are asked for with the same arguments, be they of one profile or of fifty. */
export class TimelineLoaders {
  private readonly pages = new Map<string, DataLoader<Timeline, Records, string>>();
  private readonly counts = new Map<string, DataLoader<Timeline, number, string>>();
  private readonly facts = new Map<string, DataLoader<Timeline, CustomerFacts, string>>();
  readonly interaction: DataLoader<string, InteractionRecord | null>;

  constructor(
    private readonly reader: TimelineReader,
    private readonly workspaceId: number,
  ) {
    this.interaction = new DataLoader(async (ids) => {
      const found = await reader.findInteractions(workspaceId, ids);
      const byId = new Map(found.map((record) => [record.interactionId, record]));
      return ids.map((id) => byId.get(id) ?? null);
    });
  }

  /** The timeline that these identifiers have together. */
  load(identifierIds: Timeline, range: TimelineRange): Promise<Records> {
    const loader = loaderFor(this.pages, range, (timelines) => this.reader.readTimelines(this.workspaceId, timelines, range));
    return loader.load(identifierIds);
  }

  /** What these identifiers' measures are computed from; `untilMs`: what happened up to then, then included. */
  loadFacts(identifierIds: Timeline, untilMs: number | null): Promise<CustomerFacts> {
    const loader = loaderFor(this.facts, { untilMs }, async (timelines) => {
      const facts = await this.reader.readFacts(this.workspaceId, timelines, untilMs);
      return facts.map(customerFacts);
    });
    return loader.load(identifierIds);
  }

  count(identifierIds: Timeline, selection: TimelineSelection): Promise<number> {
    const loader = loaderFor(this.counts, selection, (timelines) => this.reader.countTimelines(this.workspaceId, timelines, selection));
    return loader.load(identifierIds);
  }
}

function loaderFor<Value>(
  loaders: Map<string, DataLoader<Timeline, Value, string>>,
  args: object,
  read: (timelines: readonly Timeline[]) => Promise<readonly Value[]>,
): DataLoader<Timeline, Value, string> {
  const name = JSON.stringify(args);
  const known = loaders.get(name);
  if (known) return known;
  const loader = new DataLoader<Timeline, Value, string>(read, { cacheKeyFn: (identifierIds) => identifierIds.join() });
  loaders.set(name, loader);
  return loader;
}
