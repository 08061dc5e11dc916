import type { ClientBase, Pool } from 'pg';
import type { DeliveryStatus } from '../../activation/delivery';
import { type DestinationSettings, faultsOfDestination } from '../../activation/destination';
import { RETRIED_MS } from '../../activation/retries';
import { newSigningSecret, rotated } from '../../activation/signingSecrets';
import type { Author } from '../../api/ports/author';
import type { AskedReplay, DeliveryPlace, DeliveryRecord, DestinationDesk, DestinationRecord } from '../../api/ports/destinationDesk';
import type { NewId } from '../../kernel/clock';
import { publicId } from '../../kernel/ids';
import type { JsonObject } from '../../kernel/json';
import { Refusal } from '../../kernel/refusals';
import { announceChanges } from '../../storage/statements/announceChanges';
import { listDeliveries, replayDeliveries } from '../../storage/statements/deliveryLog';
import {
  countSegments,
  deleteDestination,
  insertDestination,
  listDestinations,
  lockDestination,
  type StoredDestination,
  updateDestination,
  writeSecrets,
} from '../../storage/statements/destinations';
import { insertAuditEntry } from '../../storage/statements/insertAuditEntry';
import type { WorkspaceConnections } from '../../storage/workspaceConnections';
import { inWorkspace } from '../../storage/workspaceTransaction';

export interface DestinationDeskOptions {
  /** Of the role throughline_app. */
  readonly pool: Pool;
  readonly connections: WorkspaceConnections;
  readonly newId: NewId;
  /** So many bytes that nobody can guess. */
  readonly randomBytes: (count: number) => Buffer;
  /** Also plain http, and addresses that are not public. */
  readonly allowPrivate: boolean;
  /** Whether a URL's name leads to a public address, as far as can be told now. */
  readonly leadsOutside: (url: string) => Promise<boolean>;
}

export class StoredDestinationDesk implements DestinationDesk {
  constructor(private readonly options: DestinationDeskOptions) {}

  list(workspaceId: number): Promise<readonly DestinationRecord[]> {
    return inWorkspace(this.options.pool, workspaceId, 'snapshot', async (client) =>
      (await listDestinations(client, workspaceId)).map(recordOf),
    );
  }

  async find(workspaceId: number, destinationId: string): Promise<DestinationRecord | null> {
    return (await this.list(workspaceId)).find((each) => each.destinationId === destinationId) ?? null;
  }

  async create(workspaceId: number, settings: DestinationSettings, author: Author) {
    await this.check(settings);
    const { newId, randomBytes } = this.options;
    const destinationId = newId();
    const signingSecret = newSigningSecret(randomBytes);
    const secrets = { current: signingSecret, previous: null, previousUntilMs: null };
    await this.change(workspaceId, { author, action: 'createDestination', destinationId, ...wordsOf(settings) }, async (client) => {
      await refuseUnknownSegments(client, workspaceId, settings);
      await insertDestination(client, workspaceId, { ...settings, destinationId, secrets }, author.atMs);
    });
    return { destination: { ...settings, destinationId, disabledReason: null, failures: 0, pausedUntilMs: null }, signingSecret };
  }

  async update(workspaceId: number, destinationId: string, change: Partial<DestinationSettings>, author: Author) {
    const known = await this.find(workspaceId, destinationId);
    if (!known) throw new Refusal('NOT_FOUND');
    await this.check({ ...known, ...change });
    return this.change(workspaceId, { author, action: 'updateDestination', destinationId, ...wordsOf(change) }, async (client) => {
      const before = await lockedDestination(client, workspaceId, destinationId);
      const after = { ...before, ...change };
      await refuseUnknownSegments(client, workspaceId, change);
      const beginsAnew = change.isEnabled === true || (change.url !== undefined && change.url !== before.url);
      await updateDestination(client, workspaceId, after, beginsAnew);
      return recordOf(beginsAnew ? { ...after, disabledReason: null, failures: 0, openUntilMs: null } : after);
    });
  }

  remove(workspaceId: number, destinationId: string, author: Author): Promise<void> {
    return this.change(workspaceId, { author, action: 'deleteDestination', destinationId, detail: {} }, async (client) => {
      if (!(await deleteDestination(client, workspaceId, destinationId))) throw new Refusal('NOT_FOUND');
    });
  }

  rotateSecret(workspaceId: number, destinationId: string, author: Author) {
    const signingSecret = newSigningSecret(this.options.randomBytes);
    return this.change(workspaceId, { author, action: 'rotateDestinationSecret', destinationId, detail: {} }, async (client) => {
      const before = await lockedDestination(client, workspaceId, destinationId);
      await writeSecrets(client, workspaceId, destinationId, rotated(before.secrets, signingSecret, author.atMs));
      return { destination: recordOf(before), signingSecret };
    });
  }

  async listDeliveries(
    workspaceId: number,
    destinationId: string,
    { status, after, limit }: { readonly status: DeliveryStatus | null; readonly after: DeliveryPlace | null; readonly limit: number },
  ): Promise<readonly DeliveryRecord[]> {
    const place = after && { at: new Date(after.atMs).toISOString(), changeId: after.changeId };
    const rows = await listDeliveries(this.options.connections, workspaceId, destinationId, { status, after: place, limit });
    return rows.map(([changeId, profileId, type, atMs, state, attempts, nextAtMs, lastStatus, lastError, deliveredAtMs]) => {
      const nextAttemptAtMs = state === 'PENDING' ? nextAtMs : null;
      return { changeId, profileId, type, atMs, status: state, attempts, nextAttemptAtMs, lastStatus, lastError, deliveredAtMs };
    });
  }

  async replay(workspaceId: number, destinationId: string, asked: AskedReplay, author: Author): Promise<number> {
    const { atMs } = author;
    const detail = {
      deliveries: asked.changeIds?.length ?? null,
      since: asked.sinceMs === null ? null : new Date(asked.sinceMs).toISOString(),
    };
    const replayed = await this.change(workspaceId, { author, action: 'replayDeliveries', destinationId, detail }, async (client) => {
      await lockedDestination(client, workspaceId, destinationId);
      return replayDeliveries(client, workspaceId, { ...asked, destinationId }, { nowMs: atMs, giveUpAtMs: atMs + RETRIED_MS });
    });
    await announceChanges(this.options.pool, workspaceId);
    return replayed;
  }

  private async check(settings: DestinationSettings): Promise<void> {
    const { allowPrivate, leadsOutside } = this.options;
    const faults = faultsOfDestination(settings, allowPrivate);
    if (faults.length > 0) throw new Refusal('INVALID_INPUT', `${faults.join('; ')}.`);
    if (!allowPrivate && !(await leadsOutside(settings.url))) throw new Refusal('INVALID_INPUT', 'url must lead to a public address.');
  }

  /** What was done and its audit entry, in one transaction. */
  private change<Result>(
    workspaceId: number,
    deed: {
      readonly author: Author;
      readonly action: string;
      readonly destinationId: string;
      readonly detail: JsonObject;
      readonly note?: JsonObject;
    },
    work: (client: ClientBase) => Promise<Result>,
  ): Promise<Result> {
    const { author, action, destinationId, detail, note = {} } = deed;
    return inWorkspace(this.options.pool, workspaceId, 'changes', async (client) => {
      const result = await work(client);
      await insertAuditEntry(client, workspaceId, { ...author, action, target: publicId('Destination', destinationId), detail, note });
      return result;
    });
  }
}

async function lockedDestination(client: ClientBase, workspaceId: number, destinationId: string): Promise<StoredDestination> {
  const destination = await lockDestination(client, workspaceId, destinationId);
  if (!destination) throw new Refusal('NOT_FOUND');
  return destination;
}

async function refuseUnknownSegments(
  client: ClientBase,
  workspaceId: number,
  { segmentIds = [] }: Partial<DestinationSettings>,
): Promise<void> {
  const wanted = new Set(segmentIds);
  if (wanted.size === 0 || (await countSegments(client, workspaceId, [...wanted])) === wanted.size) return;
  throw new Refusal('INVALID_INPUT', 'segmentIds names a segment that there is not.');
}

function recordOf({ secrets: _hidden, openUntilMs, ...shown }: StoredDestination): DestinationRecord {
  return { ...shown, pausedUntilMs: openUntilMs };
}

/** Of a URL the host alone: what comes after it may be a secret of the receiver's. */
function wordsOf({ url, name, purpose, segmentIds, ...settings }: Partial<DestinationSettings>) {
  const host = url === undefined ? {} : { host: new URL(url).host };
  return {
    detail: { ...settings, ...(segmentIds && { segmentIds: segmentIds.map((id) => publicId('Segment', id)) }) },
    note: { ...(name !== undefined && { name }), ...host, ...(purpose !== undefined && { purpose }) },
  };
}
