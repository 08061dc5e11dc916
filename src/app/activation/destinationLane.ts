import type { DestinationPlace } from '../../storage/statements/claimDeliveries';
import type { ReadyDelivery } from './deliveries';
import type { DispatcherOptions } from './dispatcher';

/** Requests to one destination at the same time, each about another profile: as many as this at first, and whenever one was not taken, */
const FEW_AT_ONCE = 16;
/** and up to this many while it takes what it is sent: one more for so many that were taken in a row. */
const MOST_AT_ONCE = 64;
const TAKEN_FOR_ONE_MORE = 4;
/** While less than half of the places are free, so long is waited for more of them: to claim costs the same for one as for many. */
const GATHER_MS = 10;
/** After so many a lane makes way, if others wait for one. */
const TURN_DELIVERIES = 500;

/** Sends to one destination until nothing is due there. */
export class DestinationLane {
  private readonly underWay = new Set<Promise<void>>();
  private isRung = false;
  private isStopping = false;
  private isDry = false;
  private takenInARow = 0;
  private wake: (() => void) | null = null;
  private gathering: NodeJS.Timeout | null = null;

  constructor(
    readonly place: DestinationPlace,
    private readonly options: Pick<DispatcherOptions, 'claim' | 'deliver' | 'onError'>,
    private readonly othersWait: () => boolean,
  ) {}

  /** There may be more. */
  ring(): void {
    this.isRung = true;
    this.wake?.();
  }

  stop(): void {
    this.isStopping = true;
    this.wake?.();
  }

  /** Answers whether more may be left. What fails here is swept for again. */
  async run(): Promise<boolean> {
    let taken = 0;
    try {
      while (!this.isStopping && !(taken >= TURN_DELIVERIES && this.othersWait())) {
        const more = await this.refill();
        taken += more;
        if (more === 0 && this.underWay.size === 0 && !this.isRung) return false;
        if (this.underWay.size > 0) await this.untilThereIsRoom();
      }
    } catch (error) {
      this.options.onError(error as Error);
      this.isRung = false;
    } finally {
      await Promise.all(this.underWay);
    }
    return taken >= TURN_DELIVERIES || this.isRung;
  }

  private get atOnce(): number {
    return Math.min(MOST_AT_ONCE, FEW_AT_ONCE + Math.floor(this.takenInARow / TAKEN_FOR_ONE_MORE));
  }

  private async refill(): Promise<number> {
    this.isRung = false;
    const places = this.atOnce - this.underWay.size;
    if (places <= 0) return 0;
    const { taken, ready } = await this.options.claim(this.place, places);
    for (const each of ready) this.begin(each);
    this.isDry = taken === 0;
    return taken;
  }

  private begin(ready: ReadyDelivery): void {
    const sending = this.options
      .deliver(ready)
      .then((isTaken) => {
        this.takenInARow = isTaken ? this.takenInARow + 1 : 0;
      })
      .catch((error: Error) => this.options.onError(error))
      .finally(() => {
        this.underWay.delete(sending);
        // Behind one that is done the next of the same profile may be waiting, and a claim that is under way may not have seen it.
        this.isRung = true;
        if (this.isHalfFree()) this.wake?.();
        else this.wakeSoon();
      });
    this.underWay.add(sending);
  }

  private isHalfFree(): boolean {
    return this.underWay.size <= this.atOnce / 2;
  }

  private wakeSoon(): void {
    this.gathering ??= setTimeout(() => {
      this.gathering = null;
      this.wake?.();
    }, GATHER_MS);
  }

  private async untilThereIsRoom(): Promise<void> {
    if (this.isHalfFree() && (this.isRung || !this.isDry)) return;
    if (this.isRung) this.wakeSoon();
    await new Promise<void>((resolve) => {
      this.wake = resolve;
    });
    this.wake = null;
  }
}
