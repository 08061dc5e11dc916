import type { Clock } from '../../kernel/clock';
import { type ChangePlace, readLiveChanges } from '../../storage/statements/readLiveChanges';
import { type LiveHead, readLiveHead } from '../../storage/statements/readLiveHead';
import { readLiveNotes, readLivingProfiles, type TransactionRange } from '../../storage/statements/readLiveNotes';
import type { WorkspaceConnections } from '../../storage/workspaceConnections';
import { encodeEventId, type LivePlace } from './eventId';
import { Followers, isFollowed } from './followers';
import { tellInteractions } from './tellInteractions';

const PAGE = 1_000;

/**
 * Reads what happens in one workspace once for all who follow it in this process: at each look, what the transactions wrote that have ended since the last
 * one. A transaction counts only when every earlier one has ended, so none is missed; one that stays open holds the others back. Looks and arrivals of
 * followers never overlap.
 */
export class WorkspaceFeed {
  readonly followers = new Followers();
  private head: LiveHead | null = null;
  private withReceipt = false;
  private last: Promise<unknown> = Promise.resolve();
  private joining = 0;

  constructor(
    private readonly connections: WorkspaceConnections,
    readonly workspaceId: number,
    private readonly clock: Clock,
  ) {}

  /** Where it stands when `add` is run: everything before was told to others, everything from there on will be told to whom it adds. */
  join(add: (followers: Followers) => void, { withReceipt = false } = {}): Promise<LivePlace> {
    this.joining++;
    return this.alone(async () => {
      this.withReceipt ||= withReceipt;
      const head = await this.lookOn();
      add(this.followers);
      return this.placeOf(head);
    }).finally(() => {
      this.joining--;
    });
  }

  /** Nobody follows, and nobody is about to. */
  get isUnfollowed(): boolean {
    return this.followers.count + this.joining === 0;
  }

  look(): Promise<unknown> {
    return this.alone(() => this.lookOn());
  }

  private alone<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.last.then(work);
    this.last = result.catch(() => undefined);
    return result;
  }

  private async lookOn(): Promise<LiveHead> {
    const head = await readLiveHead(this.connections, this.workspaceId, this.withReceipt);
    const from = this.head;
    if (from !== null && from.transactionId < head.transactionId && this.followers.count > 0) await this.tell(from, head);
    this.head = head;
    return head;
  }

  private async tell(from: LiveHead, to: LiveHead): Promise<void> {
    const range = { from: from.transactionId, to: to.transactionId };
    await this.tellChanges(range);
    const { areThereAny, touchedIds } = await this.readNotes(range);
    if (!areThereAny) return;
    const { connections, workspaceId } = this;
    const places = { start: this.placeOf(from), end: this.placeOf(to) };
    await tellInteractions({ connections, workspaceId, range, places, touchedIds }, [...this.followers.interactions]);
    const eventId = encodeEventId('profile', places.end);
    for (const follower of this.followers.profiles) if (touchedIds.has(follower.watch.livingId)) follower.tell(eventId);
  }

  private async tellChanges(range: TransactionRange): Promise<void> {
    const followers = [...this.followers.changes];
    const types = [...new Set(followers.flatMap((follower) => follower.types))];
    if (types.length === 0) return;
    const segmentIds = [...new Set(followers.flatMap(({ segmentId }) => segmentId ?? []))];
    for (let after: ChangePlace | null = null; ; ) {
      const selection = { ...range, after, types, segmentIds, limit: PAGE };
      const changes = await readLiveChanges(this.connections, this.workspaceId, selection);
      for (const change of changes) for (const follower of followers) if (isFollowed(follower, change)) follower.tell(change);
      after = changes.at(-1) ?? null;
      if (changes.length < PAGE) return;
    }
  }

  /** Of those who are followed, by the profiles that answer now: also who is answered by another one than before. */
  private async readNotes(range: TransactionRange): Promise<{ readonly areThereAny: boolean; readonly touchedIds: ReadonlySet<string> }> {
    const watches = this.followers.watches();
    if (watches.length === 0 && !this.followers.followsAllInteractions) return { areThereAny: false, touchedIds: new Set() };
    const livingIds = [...new Set(watches.map(({ livingId }) => livingId))];
    const notes = await readLiveNotes(this.connections, this.workspaceId, range, livingIds);
    const touchedIds = new Set(notes.touchedIds);
    if (notes.areIdentitiesChanged && watches.length > 0) {
      const asked = [...new Set(watches.map(({ askedId }) => askedId))];
      const living = await readLivingProfiles(this.connections, this.workspaceId, asked);
      for (const watch of watches) {
        const livingId = living.get(watch.askedId);
        if (livingId === undefined || livingId === watch.livingId) continue;
        watch.livingId = livingId;
        touchedIds.add(livingId);
      }
    }
    return { areThereAny: notes.areThereAny, touchedIds };
  }

  private placeOf({ transactionId, receivedSinceMs }: LiveHead): LivePlace {
    return { transactionId, changeId: null, sinceMs: receivedSinceMs ?? this.clock() };
  }
}
