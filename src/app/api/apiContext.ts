import { randomBytes } from 'node:crypto';
import type { FastifyPluginAsync } from 'fastify';
import type { ClientConfig, Pool } from 'pg';
import { newKey } from '../../api/apiKey';
import { graphiqlPage } from '../../api/graphiqlPage';
import { createGraphqlServer } from '../../api/graphqlServer';
import type { OperationReport } from '../../api/operationReports';
import type { LiveEvents } from '../../api/ports/liveEvents';
import type { MessageDoor } from '../../api/ports/messageDoor';
import { PositionWatch } from '../../api/readYourWrites';
import { buildSchema } from '../../api/schema';
import { SettingsCache } from '../../api/workspaceSettings';
import { allowOrigins } from '../../http/crossOrigin';
import type { KeyLookup } from '../../intake/credential';
import type { Clock, NewId } from '../../kernel/clock';
import { refusalOf } from '../../storage/databaseRefusal';
import type { WorkspaceConnections } from '../../storage/workspaceConnections';
import { type TextSentiment, textSentiment } from '../../timeline/sentiment/textSentiment';
import { StoredDestinationDesk } from '../activation/destinationDesk';
import { leadsOutside } from '../activation/webhookSender';
import { ReadRecorder } from '../audit/readRecorder';
import { LaneDecisionDesk } from '../decisions/decisionDesk';
import { experienceSettingsStore } from '../experience/experienceSettingsStore';
import { exportRoutes } from '../exports/exportRoutes';
import { ChunkPathReader } from '../journeys/chunkPathReader';
import { keyDesk } from '../keys/keyDesk';
import { LiveHub } from '../live/liveHub';
import { matchDesk } from '../matching/matchDesk';
import { privacyDesk } from '../privacy/privacyDesk';
import { identityRulesStore } from '../rules/identityRulesStore';
import { segmentDesk } from '../segments/segmentDesk';
import { readVaderLexicon } from '../sentiment/readVaderLexicon';
import { streamsPlugin } from '../streams/streamsPlugin';
import type { ApiLimits } from './apiLimits';
import { configurationStore, ingestionStore } from './configurationStores';
import { answerFault, graphqlPlugin, type SentPage } from './graphqlPlugin';
import { RememberedValueModels } from './rememberedValueModels';
import { requestPorts, type SharedPorts } from './requestPorts';
import { segmentReader } from './segmentReader';

export interface ApiOptions {
  readonly connections: WorkspaceConnections;
  /** In the manner of reports, so that no page waits behind one. */
  readonly reportConnections: WorkspaceConnections;
  /** Of the role throughline_app, for what takes more than one statement. */
  readonly pool: Pool;
  /** As `appConnection` gives it, for connections that serve one purpose: to listen to changes while somebody follows any, and one for each export. */
  readonly connection: ClientConfig;
  readonly door: MessageDoor;
  readonly credentials: KeyLookup;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly maxBodyBytes: number;
  /** Whether destinations may be on private addresses, and without TLS. */
  readonly webhookAllowPrivate: boolean;
  /** Filled into GraphiQL; never in production. */
  readonly devApiKey: string | null;
  /** Told of positions that a retried dead letter took in the inbox. */
  readonly ring: (workspaceId: number, firstPosition: bigint, lastPosition: bigint) => void | Promise<void>;
  /** Of reads one of so many is noted in the audit log: 1 for all, 0 for none. */
  readonly auditReadsOneIn: number;
  /** Told of bugs, with the id that the client was given. */
  readonly onBug: (error: unknown, id: string) => void;
  /** Told of every operation that was answered, but for subscriptions. */
  readonly onOperation?: (report: OperationReport) => void;
  /** Told of every stream of events that is opened (1) or ends (-1). */
  readonly onStream?: (change: 1 | -1) => void;
  /** Told of what is tried again by itself. */
  readonly onFault: (error: unknown) => void;
  /** Where clients reach the server; null: as their requests say. */
  readonly publicUrl: string | null;
  readonly limits: ApiLimits;
}

/** The GraphQL API with everything it reads from, for `createHttpServer`. */
export function createApi(options: ApiOptions): FastifyPluginAsync {
  const { connections, connection, clock, onFault: onError } = options;
  const live = new LiveHub({ connections, connection, clock, onError });
  const sentimentOf = textSentiment(readVaderLexicon());
  const reads = new ReadRecorder({ ...options, chance: Math.random, oneIn: options.auditReadsOneIn });
  const ports: SharedPorts = { ...sharedPorts({ ...options, sentimentOf }, live), reads };
  const portsOf = requestPorts(ports, { ...options, sentimentOf, paths: new ChunkPathReader(options.pool, connections) });
  const schema = buildSchema();
  const positions = new PositionWatch(ports.ingestion, clock);
  const settings = new SettingsCache(ports.configuration.findWorkspace, clock);
  const shared = { ...options, refusalOf, portsOf, newKey, sentimentOf, settings, positions };
  const graphql = graphqlPlugin({
    ...shared,
    server: createGraphqlServer(schema, { ...shared, introspection: options.limits.introspection }),
    page: pageOnDemand(options.devApiKey),
  });
  const streams = streamsPlugin({
    ...shared,
    schema,
    onError,
    answerFault: (error, reply) => answerFault(error, reply, shared),
    close: () => live.close(),
  });
  const segments = segmentReader(connections, { ...options, sentimentOf });
  const exported = exportRoutes({ ...shared, reads, ports: { segments }, snapshots: connection, onError });
  return async (app) => {
    allowOrigins(app, options.limits.origins);
    await app.register(graphql);
    await app.register(streams);
    await app.register(exported);
    app.addHook('onClose', () => reads.stop());
  };
}

function pageOnDemand(devApiKey: string | null): () => Promise<SentPage> {
  let page: Promise<SentPage> | null = null;
  return () => {
    page ??= graphiqlPage(devApiKey).then(({ html, policy }) => ({ html: Buffer.from(html), policy }));
    return page;
  };
}

function sharedPorts(options: ApiOptions & { readonly sentimentOf: TextSentiment }, live: LiveEvents): Omit<SharedPorts, 'reads'> {
  const { connections, door, ring } = options;
  return {
    identityRules: identityRulesStore(connections, options),
    matches: matchDesk(connections, options),
    decisions: new LaneDecisionDesk(options),
    experienceSettings: experienceSettingsStore(options.pool),
    values: new RememberedValueModels(connections, options.clock),
    segmentDesk: segmentDesk(options.pool, options.newId),
    configuration: configurationStore(connections, options.pool),
    keys: keyDesk(connections, options.pool),
    // What is not rung for is found when the inbox is next looked through.
    ingestion: ingestionStore(
      connections,
      options.pool,
      (workspaceId, position) => void Promise.resolve(ring(workspaceId, position, position)).catch(() => null),
    ),
    door,
    live,
    destinations: new StoredDestinationDesk({ ...options, randomBytes, allowPrivate: options.webhookAllowPrivate, leadsOutside }),
    privacy: privacyDesk(connections, options),
  };
}
