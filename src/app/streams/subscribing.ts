import { GraphQLError, type GraphQLSchema } from 'graphql';
import { accessOf } from '../../api/accessOf';
import { type ErrorEdgeOptions, errorEdge } from '../../api/errorEdge';
import { type EventResult, type EventResults, startSubscription } from '../../api/live/eventResults';
import { type PreparedSubscription, prepareSubscription, type SubscriptionRequest } from '../../api/live/prepareSubscription';
import { neededBy } from '../../api/queryNeeds';
import { stringifyAnswer } from '../../api/rawJson';
import { type LiveReceiver, type RequestContext, type RequestSurroundings, requestContext } from '../../api/requestContext';
import type { SettingsCache } from '../../api/workspaceSettings';
import type { Credential, KeyLookup } from '../../intake/credential';
import { Refusal } from '../../kernel/refusals';

export interface SubscribingOptions extends RequestSurroundings, ErrorEdgeOptions {
  readonly schema: GraphQLSchema;
  readonly credentials: KeyLookup;
  readonly settings: SettingsCache;
}

export interface Subscriber extends LiveReceiver {
  readonly key: string;
}

/** Runs subscriptions for keys, whatever way their answers are sent. */
export class Subscribing {
  private readonly edge: ReturnType<typeof errorEdge>;

  constructor(private readonly options: SubscribingOptions) {
    this.edge = errorEdge(options);
  }

  /** Throws `SubscriptionFaults` where it can't be run. */
  prepare(request: SubscriptionRequest): PreparedSubscription {
    return prepareSubscription(this.options.schema, request);
  }

  /** Whatever goes wrong is in the answers. */
  start(prepared: PreparedSubscription, subscriber: Subscriber): Promise<EventResults | EventResult> {
    const needs = neededBy(prepared.document);
    const newContext = async (): Promise<RequestContext> => {
      const context = await this.contextOf(subscriber);
      Object.assign(context.needs, needs);
      return context;
    };
    return startSubscription(prepared, { newContext, formatError: (error) => this.formatted(error) });
  }

  /** Refuses with UNAUTHENTICATED or FORBIDDEN. */
  async admit(key: string): Promise<void> {
    accessOf(await this.lookUp(key));
  }

  /** Rejects where it can't be told at the moment. */
  async isAllowed(key: string): Promise<boolean> {
    try {
      await this.admit(key);
      return true;
    } catch (error) {
      if (error instanceof Refusal && (error.code === 'UNAUTHENTICATED' || error.code === 'FORBIDDEN')) return false;
      throw error;
    }
  }

  private lookUp(key: string): Promise<Credential | null> {
    return Promise.resolve(this.options.credentials.lookUp(key));
  }

  private async contextOf({ key, ...live }: Subscriber): Promise<RequestContext> {
    const access = accessOf(await this.lookUp(key));
    return requestContext(this.options, access, await this.options.settings.settingsOf(access.workspaceId), live);
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
