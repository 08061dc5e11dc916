import type { DestinationPlace } from '../../storage/statements/claimDeliveries';
import type { ReadyDelivery } from './deliveries';
import { DestinationLane } from './destinationLane';

/** Destinations that one process sends to at the same time, in all and of one workspace. */
const LANES = 32;
const LANES_A_WORKSPACE = 8;
/** A shutdown waits no longer for requests under way: what they come to is found out by whoever sends again when their lease is over. */
const PATIENCE_MS = 5_000;

export interface DispatcherOptions {
  /** Every destination with something to send now. */
  readonly pending: () => Promise<readonly DestinationPlace[]>;
  readonly claim: (place: DestinationPlace, limit: number) => Promise<{ readonly taken: number; readonly ready: readonly ReadyDelivery[] }>;
  /** Answers whether it was taken. */
  readonly deliver: (ready: ReadyDelivery) => Promise<boolean>;
  readonly onError: (error: Error) => void;
}

/** Sends what is due, to many destinations at once and to each over a few requests at a time; whoever waits longest for a lane gets the next one. */
export class Dispatcher {
  private readonly lanes = new Map<string, DestinationLane>();
  private readonly waiting = new Map<string, DestinationPlace>();
  private looking: Promise<void> | null = null;
  private isRung = false;
  private isStopping = false;
  private restful: (() => void)[] = [];

  constructor(private readonly options: DispatcherOptions) {}

  /** There may be something due. Resolves when it is known where. */
  ring(): Promise<void> {
    this.isRung = true;
    this.looking ??= this.lookAround().finally(() => {
      this.looking = null;
      this.tellIfAtRest();
    });
    return this.looking;
  }

  /** Resolves when nothing is left that was due, and nothing under way. */
  atRest(): Promise<void> {
    return new Promise((resolve) => {
      this.restful.push(resolve);
      this.tellIfAtRest();
    });
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    this.waiting.clear();
    for (const lane of this.lanes.values()) lane.stop();
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, PATIENCE_MS);
    });
    await Promise.race([this.atRest(), patience]);
    clearTimeout(timer);
  }

  private async lookAround(): Promise<void> {
    while (this.isRung && !this.isStopping) {
      this.isRung = false;
      const places = await this.options.pending().catch((error: Error) => {
        this.options.onError(error);
        return [];
      });
      for (const place of places) this.wake(place);
      this.startLanes();
    }
  }

  private wake(place: DestinationPlace): void {
    const key = keyOf(place);
    const lane = this.lanes.get(key);
    if (lane) lane.ring();
    else if (!this.waiting.has(key)) this.waiting.set(key, place);
  }

  private startLanes(): void {
    for (const [key, place] of this.waiting) {
      if (this.lanes.size >= LANES || this.isStopping) return;
      if (this.lanesOf(place.workspaceId) >= LANES_A_WORKSPACE) continue;
      this.waiting.delete(key);
      const lane = new DestinationLane(place, this.options, () => this.waiting.size > 0);
      this.lanes.set(key, lane);
      void lane.run().then((hasMore) => this.endLane(key, place, hasMore));
    }
  }

  private endLane(key: string, place: DestinationPlace, hasMore: boolean): void {
    this.lanes.delete(key);
    if (hasMore && !this.isStopping) this.waiting.set(key, place);
    this.startLanes();
    this.tellIfAtRest();
  }

  private lanesOf(workspaceId: number): number {
    return [...this.lanes.values()].filter((lane) => lane.place.workspaceId === workspaceId).length;
  }

  private tellIfAtRest(): void {
    if (this.lanes.size > 0 || this.waiting.size > 0 || this.looking !== null) return;
    const told = this.restful;
    this.restful = [];
    for (const resolve of told) resolve();
  }
}

function keyOf({ workspaceId, destinationId }: DestinationPlace): string {
  return `${workspaceId}/${destinationId}`;
}
