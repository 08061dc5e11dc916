import type { Pool } from 'pg';
import { afterAttempt } from '../../activation/circuit';
import type { Answer, ClaimedDelivery, Withheld } from '../../activation/delivery';
import { nextTryAt } from '../../activation/retries';
import { signedHeaders } from '../../activation/signature';
import { validSecrets } from '../../activation/signingSecrets';
import { type Told, webhookBody, webhookId } from '../../activation/webhookBody';
import type { Clock } from '../../kernel/clock';
import {
  claimDeliveries,
  type DestinationPlace,
  type SendingDestination,
  sendingDestination,
  takeProbe,
} from '../../storage/statements/claimDeliveries';
import {
  disableGoneDestination,
  hurryDeliveries,
  lockCircuit,
  type Settlement,
  settleDeliveries,
  writeCircuit,
} from '../../storage/statements/settleDeliveries';
import type { WorkspaceConnections } from '../../storage/workspaceConnections';
import { inWorkspace } from '../../storage/workspaceTransaction';
import type { DeliveryOutcome } from '../operations/workerMetrics';
import { readEach, type ToldReading } from './readTold';
import { SettlementBook } from './settlementBook';
import type { WebhookRequest, WebhookSender } from './webhookSender';

/** Longer than a request may take, with all that goes before and after it. */
const LEASE_MS = 45_000;
/** So that a destination with nothing but bodies that can't be put together is not tried over and over. */
const PROBE_PAUSE_MS = 5_000;
const GONE = 410;
const USER_AGENT = 'Throughline-Webhooks/1';

export interface DeliveriesOptions extends ToldReading {
  readonly connections: WorkspaceConnections;
  /** Of the role throughline_app, for what takes more than one statement. */
  readonly pool: Pool;
  readonly clock: Clock;
  /** From 0 up to 1. */
  readonly chance: () => number;
  readonly sender: Pick<WebhookSender, 'send'>;
  /** Told of a delivery whose body can't be put together, which is a fault of ours. */
  readonly onError: (error: Error) => void;
  /** Told of every delivery when it is written what came of it. */
  readonly onOutcome?: (outcome: DeliveryOutcome) => void;
}

/** A delivery that is ours to send until its lease is over. */
export interface ReadyDelivery {
  readonly place: DestinationPlace;
  readonly destination: SendingDestination;
  readonly delivery: ClaimedDelivery;
  readonly told: Told;
  readonly isProbe: boolean;
}

/** Takes what is due for a destination, sends it, and notes what came of it. Any number of processes may be at it. */
export class Deliveries {
  private readonly book: SettlementBook;

  constructor(private readonly options: DeliveriesOptions) {
    const { connections, clock } = options;
    this.book = new SettlementBook(async (place, settlements) => {
      await settleDeliveries(connections, place, settlements, clock());
      this.tell(settlements);
    });
  }

  /**
   * At most `limit`, of each profile its first; of a destination whose circuit is half open one, and of one whose circuit is open none. What is withheld is
   * settled at once, and so is what can't be read: `taken` counts it, too.
   */
  async claim(place: DestinationPlace, limit: number): Promise<{ readonly taken: number; readonly ready: readonly ReadyDelivery[] }> {
    const { connections, clock } = this.options;
    const nowMs = clock();
    const leasedUntilMs = nowMs + LEASE_MS;
    const destination = await sendingDestination(connections, place);
    if (destination === null) return NOTHING;
    const isProbe = destination.openUntilMs !== null;
    if (isProbe && !(await takeProbe(connections, place, nowMs, leasedUntilMs))) return NOTHING;
    const claimed = await claimDeliveries(connections, place, { nowMs, leasedUntilMs, limit: isProbe ? 1 : limit, isProbe });
    const told = await readEach(this.options, place.workspaceId, claimed, destination.purpose);
    const ready: ReadyDelivery[] = [];
    const settled: Settlement[] = [];
    for (const [index, delivery] of claimed.entries()) {
      const what = told[index] as Told | Withheld | Error;
      if (typeof what === 'string') settled.push(withholding(delivery, what));
      else if (what instanceof Error) settled.push(this.unbuilt(delivery, what));
      else ready.push({ place, destination, delivery, told: what, isProbe });
    }
    if (settled.length > 0) {
      await settleDeliveries(connections, place, settled, nowMs);
      this.tell(settled);
    }
    const isUnbuilt = settled.some(({ status }) => status !== 'WITHHELD');
    if (isProbe && ready.length === 0) await this.returnProbe(place, isUnbuilt ? nowMs + PROBE_PAUSE_MS : nowMs);
    return { taken: claimed.length, ready };
  }

  /** Resolves when it is written what came of it: whether it was taken. */
  async deliver(ready: ReadyDelivery): Promise<boolean> {
    const { place, delivery, isProbe } = ready;
    const request = this.requestOf(ready);
    if (request instanceof Error) {
      if (isProbe) await this.returnProbe(place, this.options.clock() + PROBE_PAUSE_MS);
      await this.book.settle(place, this.unbuilt(delivery, request));
      return false;
    }
    const answer = await this.options.sender.send(request);
    await this.noteCircuit(ready, answer);
    await this.book.settle(place, this.settlementOf(delivery, answer));
    return answer.error === null;
  }

  private tell(settlements: readonly Settlement[]): void {
    for (const { status } of settlements) this.options.onOutcome?.(status === 'PENDING' ? 'RETRIED' : status);
  }

  private requestOf({ destination, delivery, told }: ReadyDelivery): WebhookRequest | Error {
    const nowMs = this.options.clock();
    try {
      const body = webhookBody(delivery, told);
      const signed = signedHeaders(webhookId(delivery.changeId), body, validSecrets(destination.secrets, nowMs), nowMs);
      return { url: destination.url, body, headers: { ...signed, 'user-agent': USER_AGENT } };
    } catch (error) {
      return error as Error;
    }
  }

  /** Counts as a try that failed, and says nothing of the destination. */
  private unbuilt(delivery: ClaimedDelivery, error: Error): Settlement {
    this.options.onError(error);
    return this.settlementOf(delivery, { status: null, error: 'PAYLOAD', retryAfterMs: null });
  }

  private settlementOf(delivery: ClaimedDelivery, { status, error, retryAfterMs }: Answer): Settlement {
    const { clock, chance } = this.options;
    const outcome = { delivery, lastStatus: status, lastError: error, isTry: true };
    if (error === null) return { ...outcome, status: 'DELIVERED', nextAtMs: null };
    const { tries, giveUpAtMs } = delivery;
    const nextAtMs = status === GONE ? null : nextTryAt({ tries, giveUpAtMs, retryAfterMs }, clock(), chance);
    return { ...outcome, status: nextAtMs === null ? 'FAILED' : 'PENDING', nextAtMs };
  }

  /** A destination that answers as it did before costs nothing. */
  private async noteCircuit({ place, destination, isProbe }: ReadyDelivery, { status, error, retryAfterMs }: Answer): Promise<void> {
    const succeeded = error === null;
    if (succeeded && destination.failures === 0 && destination.openUntilMs === null) return;
    const { pool, clock, chance } = this.options;
    await inWorkspace(pool, place.workspaceId, 'changes', async (client) => {
      const before = await lockCircuit(client, place);
      if (before === null) return;
      const nowMs = clock();
      const circuit = afterAttempt(before, { succeeded, isProbe, retryAfterMs }, nowMs, chance);
      await writeCircuit(client, place, circuit);
      if (succeeded && before.openUntilMs !== null) await hurryDeliveries(client, place, nowMs);
      if (status === GONE) await disableGoneDestination(client, place);
    });
  }

  /** There was nothing to try it with: whoever comes next may, from then on. */
  private async returnProbe(place: DestinationPlace, openUntilMs: number): Promise<void> {
    await inWorkspace(this.options.pool, place.workspaceId, 'changes', async (client) => {
      const circuit = await lockCircuit(client, place);
      if (circuit) await writeCircuit(client, place, { ...circuit, openUntilMs });
    });
  }
}

const NOTHING = { taken: 0, ready: [] } as const;

function withholding(delivery: ClaimedDelivery, why: Withheld): Settlement {
  return { delivery, status: 'WITHHELD', nextAtMs: null, lastStatus: null, lastError: why, isTry: false };
}
