import type { Clock } from '../../kernel/clock';
import { Refusal } from '../../kernel/refusals';
import type { MappedSource } from './readDelivery';

/** A source that a vendor may deliver to. */
export interface WebhookSource extends MappedSource {
  readonly workspaceId: number;
  readonly sourceId: number;
}

/** By the number in the source's public id. More than one only among sources made before numbers were given out once for all workspaces. */
export type FindWebhookSources = (sourceId: number) => Promise<readonly WebhookSource[]>;

const TTL_MS = 5_000;
const MAX_SOURCES = 10_000;

interface Known {
  readonly sources: readonly WebhookSource[];
  readonly staleAtMs: number;
}

/** Remembers for five seconds which source a number names. Asks once for deliveries that come together. */
export class WebhookSources {
  private readonly known = new Map<number, Known>();
  private readonly asked = new Map<number, Promise<readonly WebhookSource[]>>();

  constructor(
    private readonly find: FindWebhookSources,
    private readonly clock: Clock,
  ) {}

  /** Rejects with the refusal UNAVAILABLE where it can't be asked. */
  async lookUp(sourceId: number): Promise<{ readonly sources: readonly WebhookSource[]; readonly isRemembered: boolean }> {
    const known = this.known.get(sourceId);
    if (known !== undefined && known.staleAtMs > this.clock()) return { sources: known.sources, isRemembered: true };
    return { sources: await this.ask(sourceId), isRemembered: false };
  }

  /** As it stands now: settings may have changed since they were remembered. */
  ask(sourceId: number): Promise<readonly WebhookSource[]> {
    return this.asked.get(sourceId) ?? this.askAnew(sourceId);
  }

  private askAnew(sourceId: number): Promise<readonly WebhookSource[]> {
    const answer = this.find(sourceId)
      .then(
        (sources) => this.remember(sourceId, sources),
        () => Promise.reject(new Refusal('UNAVAILABLE')),
      )
      .finally(() => this.asked.delete(sourceId));
    this.asked.set(sourceId, answer);
    return answer;
  }

  private remember(sourceId: number, sources: readonly WebhookSource[]): readonly WebhookSource[] {
    this.known.delete(sourceId);
    if (this.known.size >= MAX_SOURCES) this.known.delete(this.known.keys().next().value as number);
    this.known.set(sourceId, { sources, staleAtMs: this.clock() + TTL_MS });
    return sources;
  }
}
