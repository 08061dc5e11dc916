import type { DestinationPlace } from '../../storage/statements/claimDeliveries';
import type { ReadyDelivery } from './deliveries';
import type { DispatcherOptions } from './dispatcher';

/** Requests to one destination at the same time, each about another profile. */
const AT_ONCE = 16;
/** More are taken when only so many are left under way. */
const REFILL_BELOW = AT_ONCE / 2;
/** After so many a lane makes way, if others wait for one. */
const TURN_DELIVERIES = 500;

/** Sends to one destination until nothing is due there. */
export class DestinationLane {
  private readonly underWay = new Set<Promise<void>>();
  private isRung = false;
  private isStopping = false;
  private isDry = false;
  private wake: (() => void) | null = null;

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

  private async refill(): Promise<number> {
    this.isRung = false;
    const { taken, ready } = await this.options.claim(this.place, AT_ONCE - this.underWay.size);
    for (const each of ready) this.begin(each);
    this.isDry = taken === 0;
    return taken;
  }

  private begin(ready: ReadyDelivery): void {
    const sending = this.options
      .deliver(ready)
      .catch((error: Error) => this.options.onError(error))
      .finally(() => {
        this.underWay.delete(sending);
        // Behind one that is done the next of the same profile may be waiting, and a claim that is under way may not have seen it.
        this.isRung = true;
        if (this.isDry || this.underWay.size <= REFILL_BELOW) this.wake?.();
      });
    this.underWay.add(sending);
  }

  private async untilThereIsRoom(): Promise<void> {
    if (this.underWay.size <= (this.isDry ? 0 : REFILL_BELOW) || (this.isRung && this.underWay.size < AT_ONCE)) return;
    await new Promise<void>((resolve) => {
      this.wake = resolve;
    });
    this.wake = null;
  }
}
