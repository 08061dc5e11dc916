import { GraphQLError, type GraphQLSchema } from 'graphql';
import { accessOf } from '../../api/accessOf';
import { type ErrorEdgeOptions, errorEdge } from '../../api/errorEdge';
import { type EventResult, type EventResults, startSubscription } from '../../api/live/eventResults';
import { type PreparedSubscription, prepareSubscription, type SubscriptionRequest } from '../../api/live/prepareSubscription';
import { REQUEST_COST } from '../../api/meter';
import { Operation } from '../../api/operation';
import { neededBy } from '../../api/queryNeeds';
import { stringifyAnswer } from '../../api/rawJson';
import { type LiveReceiver, type RequestContext, type RequestSurroundings, requestContext } from '../../api/requestContext';
import type { SettingsCache } from '../../api/workspaceSettings';
import type { Credential, KeyLookup } from '../../intake/credential';
import { Refusal } from '../../kernel/refusals';
import type { ApiLimits } from '../api/apiLimits';

export interface SubscribingOptions extends RequestSurroundings, ErrorEdgeOptions {
  readonly schema: GraphQLSchema;
  readonly limits: ApiLimits;
  readonly credentials: KeyLookup;
  readonly settings: SettingsCache;
}

export interface Subscriber extends LiveReceiver {
  readonly key: string;
  /** Where it comes from. */
  readonly from: string;
}

/** Runs subscriptions for keys, whatever way their answers are sent. */
export class Subscribing {
  private readonly edge: ReturnType<typeof errorEdge>;

  constructor(private readonly options: SubscribingOptions) {
    this.edge = errorEdge(options);
  }

  /** Throws `SubscriptionFaults` where it can't be run. */
  prepare(request: SubscriptionRequest): PreparedSubscription {
    return prepareSubscription(this.options.schema, this.options.limits.documents, request);
  }

  /** Whatever goes wrong is in the answers. A subscription is paid for when it starts. */
  async start(prepared: PreparedSubscription, subscriber: Subscriber): Promise<EventResults | EventResult> {
    const needs = neededBy(prepared.document);
    try {
      await this.spend(subscriber, REQUEST_COST + prepared.cost);
    } catch (error) {
      return { data: null, errors: [this.formatted(error)] };
    }
    const newContext = async (): Promise<RequestContext> => {
      const context = await this.contextOf(subscriber);
      Object.assign(context.needs, needs);
      return context;
    };
    return startSubscription(prepared, { newContext, formatError: (error) => this.formatted(error) });
  }

  /** Refuses with UNAUTHENTICATED or FORBIDDEN. */
  async admit(key: string, from: string | null): Promise<void> {
    accessOf(await this.lookUp(key, from));
  }

  /** Rejects where it can't be told at the moment. */
  async isAllowed(key: string): Promise<boolean> {
    try {
      await this.admit(key, null);
      return true;
    } catch (error) {
      if (error instanceof Refusal && (error.code === 'UNAUTHENTICATED' || error.code === 'FORBIDDEN')) return false;
      throw error;
    }
  }

  private lookUp(key: string, from: string | null): Promise<Credential | null> {
    return Promise.resolve(this.options.credentials.lookUp(key, from === null ? null : () => from));
  }

  /** Refuses with RATE_LIMITED. */
  private async spend({ key, from }: Subscriber, cost: number): Promise<void> {
    const credential = await this.lookUp(key, from);
    if (credential) this.options.limits.spending?.spend(credential.credentialId, cost);
  }

  /** Each event is an operation of its own. */
  private async contextOf({ key, from, ...live }: Subscriber): Promise<RequestContext> {
    const access = accessOf(await this.lookUp(key, from));
    const settings = await this.options.settings.settingsOf(access.workspaceId);
    const operation = new Operation(this.options.limits.operationTimeoutMs);
    return requestContext(this.options, { access, settings, operation, meter: null, live });
  }

  private formatted(error: unknown): GraphQLError {
    const told = error instanceof GraphQLError ? error.toJSON() : { message: error instanceof Error ? error.message : String(error) };
    const { message, extensions = null, path = null } = this.edge(told, error);
    return new GraphQLError(message, { extensions, path, nodes: error instanceof GraphQLError ? (error.nodes ?? null) : null });
  }
}

/** As plain JSON, for those who write it themselves. */
export function plainResult(result: object): object {
  return JSON.parse(stringifyAnswer(result));
}
