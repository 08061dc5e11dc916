import type { InteractionKind } from '../kernel/vocabulary';
import { Customer } from '../measures/customer';
import { type CustomerValue, customerValueOf } from '../measures/customerValue';
import type { HealthSigns } from '../measures/health';
import { knownSinceMs } from '../measures/knownSince';
import { type ProfileExperience, profileExperience } from '../measures/profileExperience';
import { usageDays } from '../measures/usageDays';
import type { CustomerFacts } from './customerFacts';
import type { MemberRecord } from './ports/profileReader';
import type { InteractionRecord } from './ports/timelineReader';
import type { RequestContext } from './requestContext';
import { newestOf, ownersOf } from './timelineOf';

/** So many of the newest interactions say what a customer does of late. */
const NEWEST = 500;

/**
 * What is computed of one customer, or of the customers of one account, from their own interactions. Two statements at most, for however many
 * customers at once: their facts, and their newest interactions of all kinds.
 */
export class CustomerView {
  private readonly identifierIds: readonly string[];
  private customer: Promise<Customer> | null = null;

  constructor(
    private readonly context: RequestContext,
    private readonly members: readonly MemberRecord[],
    /** Null: now. */
    private readonly asOfMs: number | null,
  ) {
    this.identifierIds = ownersOf(members);
  }

  get nowMs(): number {
    return this.asOfMs ?? this.context.clock();
  }

  facts(): Promise<CustomerFacts> {
    return this.context.timelines.loadFacts(this.identifierIds, this.asOfMs);
  }

  told(): Promise<Customer> {
    this.customer ??= this.facts().then(({ facts }) => {
      const { settings, sentimentOf } = this.context;
      return new Customer({ facts, nowMs: this.nowMs, settings: settings.measures, sentimentOf, knownSinceMs: knownSinceMs(this.members) });
    });
    return this.customer;
  }

  async value(): Promise<CustomerValue> {
    const [customer, fitted] = await Promise.all([this.told(), this.context.ports.values.readFitted(this.context.access.workspaceId)]);
    return customerValueOf(customer, fitted);
  }

  /** Newest first. */
  newest(): Promise<readonly InteractionRecord[]> {
    return newestOf(this.context, this.identifierIds, { untilMs: this.asOfMs, limit: NEWEST });
  }

  /** Newest first. */
  async factsOf(...kinds: readonly InteractionKind[]): Promise<readonly InteractionRecord[]> {
    const { facts, records } = await this.facts();
    const chosen = facts.filter(({ kind }) => kinds.includes(kind)).reverse();
    return chosen.flatMap(({ interactionId }) => records.get(interactionId) ?? []);
  }

  /** In the order of the ids. */
  async recordsOf(interactionIds: readonly string[]): Promise<readonly InteractionRecord[]> {
    const { records } = await this.facts();
    return interactionIds.flatMap((id) => records.get(id) ?? []);
  }

  async experience(): Promise<ProfileExperience> {
    const [customer, newest] = await Promise.all([this.told(), this.newest()]);
    const { facts, settings } = customer.basis;
    const active = newest.filter(({ direction }) => direction === 'INBOUND').map(({ occurredAtMs }) => occurredAtMs);
    const signs: HealthSigns = {
      facts,
      conversations: customer.conversations,
      answers: customer.answers,
      usage: usageDays(active, newest.length < NEWEST, this.nowMs),
      lastSeenAtMs: active[0] ?? null,
    };
    return profileExperience(signs, settings, customer.sentimentOf, this.nowMs);
  }
}
