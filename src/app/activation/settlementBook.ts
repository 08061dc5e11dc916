import type { DestinationPlace } from '../../storage/statements/claimDeliveries';
import type { Settlement } from '../../storage/statements/settleDeliveries';

interface Entry {
  readonly settlement: Settlement;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

interface Page {
  readonly place: DestinationPlace;
  waiting: Entry[];
  isWriting: boolean;
}

/** What comes of a destination's deliveries while the outcomes of others are being written is written together. */
export class SettlementBook {
  private readonly pages = new Map<string, Page>();

  constructor(private readonly write: (place: DestinationPlace, settlements: readonly Settlement[]) => Promise<void>) {}

  /** Resolves when it is written. */
  settle(place: DestinationPlace, settlement: Settlement): Promise<void> {
    const key = `${place.workspaceId}/${place.destinationId}`;
    const page = this.pages.get(key) ?? { place, waiting: [], isWriting: false };
    this.pages.set(key, page);
    return new Promise((resolve, reject) => {
      page.waiting.push({ settlement, resolve, reject });
      if (!page.isWriting) void this.writePage(key, page);
    });
  }

  private async writePage(key: string, page: Page): Promise<void> {
    page.isWriting = true;
    while (page.waiting.length > 0) {
      const entries = page.waiting;
      page.waiting = [];
      const settlements = entries.map(({ settlement }) => settlement);
      await this.write(page.place, settlements).then(
        () => entries.map(({ resolve }) => resolve()),
        (error: unknown) => entries.map(({ reject }) => reject(error)),
      );
    }
    this.pages.delete(key);
  }
}
