import type { ClientConfig } from 'pg';
import type { LiveEvent, LiveEvents, LiveStart, LiveStream, MembershipChange } from '../../api/ports/liveEvents';
import type { InteractionRecord } from '../../api/ports/timelineReader';
import type { Clock } from '../../kernel/clock';
import { type LiveChange, readLiveChanges } from '../../storage/statements/readLiveChanges';
import { readLivingProfiles } from '../../storage/statements/readLiveNotes';
import type { WorkspaceConnections } from '../../storage/workspaceConnections';
import { decodeEventId, encodeEventId, type LivePlace } from './eventId';
import { Coalescing, EventQueue } from './eventQueue';
import { FeedLoop } from './feedLoop';
import { type ChangeFollower, type Followers, isFollowed, isOfDepartments, type ProfileWatch } from './followers';
import { Listening } from './listening';
import { type ReadMissed, ResumedStream } from './resumedStream';
import { type WrittenInteraction, writtenInteractions } from './tellInteractions';
import { WorkspaceFeed } from './workspaceFeed';

const PAGE = 500;

export interface LiveHubOptions {
  readonly connections: WorkspaceConnections;
  /** For the one connection that listens. */
  readonly connection: ClientConfig;
  readonly clock: Clock;
  readonly onError: (error: unknown) => void;
}

/** All streams of one process: one reader a workspace, and one connection that listens, as long as somebody follows anything. */
export class LiveHub implements LiveEvents {
  private readonly loops = new Map<number, FeedLoop>();
  private listening: Listening | null = null;
  private ending: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: LiveHubOptions) {}

  async profileChanges(start: LiveStart, profileId: string): Promise<LiveStream<string>> {
    const { after } = start;
    if (after !== null) decodeEventId('profile', after);
    const watch = await this.watchOf(start.workspaceId, profileId);
    const queue = new EventQueue<string>(start.onTooSlow);
    const coalescing = new Coalescing(queue);
    const follower = { watch, tell: (eventId: string) => coalescing.push({ eventId, value: profileId }) };
    const place = await this.join(start.workspaceId, (followers) => followers.profiles.add(follower));
    // Notes are kept for minutes only, so whoever comes back is told once, whether or not anything changed.
    if (after !== null) queue.push({ eventId: encodeEventId('profile', place), value: profileId });
    return this.streamOf(start, queue, null, (followers) => {
      coalescing.stop();
      followers.profiles.delete(follower);
    });
  }

  async interactions(start: LiveStart, { profileId, departments }: Parameters<LiveEvents['interactions']>[1]) {
    const kind = profileId === null ? 'allInteractions' : 'interactions';
    const from = start.after === null ? null : decodeEventId(kind, start.after);
    const watch = profileId === null ? null : await this.watchOf(start.workspaceId, profileId);
    const queue = new EventQueue<InteractionRecord>(start.onTooSlow);
    const follower = { watch, departments, tell: (eventId: string, value: InteractionRecord) => queue.push({ eventId, value }) };
    const place = await this.join(start.workspaceId, (followers) => followers.interactions.add(follower), profileId === null);
    const missed = from && this.missedInteractions(start.workspaceId, { start: from, end: place }, follower);
    return this.streamOf(start, queue, missed, (followers) => followers.interactions.delete(follower));
  }

  memberships(start: LiveStart, segmentId: string): Promise<LiveStream<MembershipChange>> {
    return this.changes(start, { types: ['segment.entered', 'segment.left'], segmentId }, ({ type, profileId, atMs }) => {
      return { profileId, atMs, entered: type === 'segment.entered' };
    });
  }

  friction(start: LiveStart, severities: readonly string[]) {
    return this.changes(start, { types: ['friction.detected'], segmentId: null }, ({ profileId, data }) => {
      const { signalKey, severity } = JSON.parse(data);
      return severities.includes(severity) ? { profileId, signalKey: String(signalKey) } : null;
    });
  }

  async close(): Promise<void> {
    const loops = [...this.loops.values()];
    this.loops.clear();
    await Promise.all([...loops.map((loop) => loop.stop()), this.stopListening(), this.ending]);
  }

  /** `read`: null for what is not asked for. */
  private async changes<Value>(
    start: LiveStart,
    wanted: Pick<ChangeFollower, 'types' | 'segmentId'>,
    read: (change: LiveChange) => Value | null,
  ): Promise<LiveStream<Value>> {
    const from = start.after === null ? null : decodeEventId('change', start.after);
    const queue = new EventQueue<Value>(start.onTooSlow);
    const eventsOf = (change: LiveChange): LiveEvent<Value>[] => {
      const value = read(change);
      return value === null ? [] : [{ value, eventId: encodeEventId('change', { ...change, sinceMs: change.atMs }) }];
    };
    const tell = (change: LiveChange) => {
      for (const event of eventsOf(change)) queue.push(event);
    };
    const follower: ChangeFollower = { ...wanted, tell };
    const place = await this.join(start.workspaceId, (followers) => followers.changes.add(follower));
    const missed = from && this.missedChanges(start.workspaceId, { start: from, end: place }, follower, eventsOf);
    return this.streamOf(start, queue, missed, (followers) => followers.changes.delete(follower));
  }

  private missedChanges<Value>(
    workspaceId: number,
    { start, end }: { readonly start: LivePlace; readonly end: LivePlace },
    { types, segmentId }: ChangeFollower,
    eventsOf: (change: LiveChange) => LiveEvent<Value>[],
  ): ReadMissed<Value> {
    const range = { from: start.transactionId, to: end.transactionId };
    const segmentIds = segmentId === null ? [] : [segmentId];
    let after = start.changeId === null ? null : { transactionId: start.transactionId, changeId: start.changeId };
    let isAll = false;
    return async () => {
      if (isAll) return null;
      const selection = { ...range, after, types, segmentIds, limit: PAGE };
      const changes = await readLiveChanges(this.options.connections, workspaceId, selection);
      isAll = changes.length < PAGE;
      after = changes.at(-1) ?? after;
      return changes.filter((change) => isFollowed({ types, segmentId }, change)).flatMap(eventsOf);
    };
  }

  private missedInteractions(
    workspaceId: number,
    places: { readonly start: LivePlace; readonly end: LivePlace },
    follower: Parameters<typeof isOfDepartments>[0] & { readonly watch: ProfileWatch | null },
  ): ReadMissed<InteractionRecord> {
    const { connections } = this.options;
    const range = { from: places.start.transactionId, to: places.end.transactionId };
    const profileIds = follower.watch && [follower.watch.livingId];
    const pages = writtenInteractions({ connections, workspaceId, range, places }, profileIds);
    const kind = follower.watch === null ? 'allInteractions' : 'interactions';
    const [startId, endId] = [encodeEventId(kind, places.start), encodeEventId(kind, places.end)];
    // Whether it is the last is known when no page follows.
    let held: InteractionRecord[] = [];
    return async () => {
      const { value } = await pages.next();
      const page: readonly WrittenInteraction[] | null = value ?? null;
      const records = [...held, ...(page ?? []).map(({ record }) => record).filter((record) => isOfDepartments(follower, record))];
      held = page ? records.splice(-1) : [];
      if (!page) return records.length > 0 ? records.map((value) => ({ eventId: endId, value })) : null;
      return records.map((value) => ({ eventId: startId, value }));
    };
  }

  private async watchOf(workspaceId: number, askedId: string): Promise<ProfileWatch> {
    const living = await readLivingProfiles(this.options.connections, workspaceId, [askedId]);
    return { askedId, livingId: living.get(askedId) ?? askedId };
  }

  private join(workspaceId: number, add: (followers: Followers) => void, withReceipt = false): Promise<LivePlace> {
    this.listen();
    const loop = this.loops.get(workspaceId) ?? this.begin(workspaceId);
    return loop.feed.join(add, { withReceipt }).catch((error) => {
      this.endUnfollowed(loop);
      throw error;
    });
  }

  private begin(workspaceId: number): FeedLoop {
    const { connections, clock, onError } = this.options;
    const loop = new FeedLoop(new WorkspaceFeed(connections, workspaceId, clock), onError);
    this.loops.set(workspaceId, loop);
    return loop;
  }

  private streamOf<Value>(
    { workspaceId }: LiveStart,
    queue: EventQueue<Value>,
    missed: ReadMissed<Value> | null,
    remove: (followers: Followers) => void,
  ): LiveStream<Value> {
    return new ResumedStream(queue, missed, () => {
      const loop = this.loops.get(workspaceId);
      if (!loop) return;
      remove(loop.feed.followers);
      this.endUnfollowed(loop);
    });
  }

  private endUnfollowed(loop: FeedLoop): void {
    if (!loop.feed.isUnfollowed || this.loops.get(loop.feed.workspaceId) !== loop) return;
    this.loops.delete(loop.feed.workspaceId);
    const stopped = [loop.stop(), this.loops.size === 0 ? this.stopListening() : null];
    this.ending = Promise.all([this.ending, ...stopped]).catch(this.options.onError);
  }

  private listen(): void {
    if (this.listening) return;
    const { connection, onError } = this.options;
    const onNews = (workspaceId: number | null) => {
      for (const [id, loop] of this.loops) if (workspaceId === null || id === workspaceId) loop.ring();
    };
    this.listening = new Listening({ connection, onNews, onError });
    this.listening.start();
  }

  private stopListening(): Promise<void> {
    const stopped = this.listening?.stop() ?? Promise.resolve();
    this.listening = null;
    return stopped;
  }
}
