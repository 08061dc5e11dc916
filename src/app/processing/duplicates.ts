import type { ClientBase } from 'pg';
import { loadKnownInteractions } from '../../storage/statements/loadStates';
import { MOST_IN_FLIGHT } from './inFlight';
import type { PreparedMessage } from './prepareMessages';
import { SeenIds } from './seenIds';

const CAREFUL_BATCHES = 50;

/**
 * Drops messages of one workspace that came before; the first one in inbox order stays. Messages that were certainly not among the last hundred
 * thousand are taken for new without asking the database; where one of them was there long before, the timeline's primary key refuses the
 * batch, and it is decided again with care (`expectMore`).
 */
export class Duplicates {
  private readonly seen = new SeenIds();
  /** Of the batches decided last, which may not be on disk yet. */
  private inFlight: readonly (readonly PreparedMessage[])[] = [];
  /** So many batches are looked up in the database whole. */
  private carefulBatches = 0;

  constructor(private readonly workspaceId: number) {}

  async drop(reader: ClientBase, messages: readonly PreparedMessage[]): Promise<readonly PreparedMessage[]> {
    const isCareful = this.carefulBatches > 0;
    if (isCareful) this.carefulBatches--;
    const suspects = new Set<PreparedMessage>();
    for (const message of messages) if (this.seen.add(idOf(message)) || isCareful) suspects.add(message);
    const fresh = suspects.size === 0 ? messages : await this.withoutKnown(reader, messages, suspects);
    this.inFlight = [fresh, ...this.inFlight.slice(0, MOST_IN_FLIGHT - 1)];
    return fresh;
  }

  /** Everything decided is on disk, or given up. */
  forgetInFlight(): void {
    this.inFlight = [];
  }

  /** A duplicate came that was not remembered. They seldom come alone: a history is sent again, or a worker has just started. */
  expectMore(): void {
    this.carefulBatches = CAREFUL_BATCHES;
  }

  private async withoutKnown(
    reader: ClientBase,
    messages: readonly PreparedMessage[],
    suspects: ReadonlySet<PreparedMessage>,
  ): Promise<readonly PreparedMessage[]> {
    const known = new Set(await loadKnownInteractions(reader, this.workspaceId, [...new Set([...suspects].map(idOf))]));
    for (const batch of this.inFlight) for (const message of batch) known.add(idOf(message));
    return messages.filter((message) => {
      if (suspects.has(message) && known.has(idOf(message))) return false;
      known.add(idOf(message));
      return true;
    });
  }
}

function idOf({ interaction }: PreparedMessage): string {
  return interaction.interactionId;
}
