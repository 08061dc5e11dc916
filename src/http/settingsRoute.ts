import type { FastifyInstance } from 'fastify';
import { Refusal } from '../kernel/refusals';
import { clientAddress } from './clientAddress';
import { allowAnyOrigin, answerPreflight } from './crossOrigin';
import type { IntakePorts } from './intakeRoutes';

/** What Segment's browser library fetches before it sends anything: where to send it to, and that nothing else is to be loaded. */
export function registerSettingsRoute(app: FastifyInstance, { credentials, trustedProxies = 0 }: IntakePorts): void {
  const path = '/v1/projects/:key/settings';
  allowAnyOrigin(app);
  answerPreflight(app, path, 'GET');
  app.get(path, async (request, reply) => {
    const { key } = request.params as { readonly key: string };
    const credential = await credentials.lookUp(key, () => clientAddress(request.raw, trustedProxies));
    if (credential?.sourceId == null) throw new Refusal('NOT_FOUND', 'There is no source with this write key.');
    return reply.header('cache-control', 'no-cache').send(browserSettings(key, request.host, request.protocol));
  });
}

/** The shape that @segment/analytics-next reads; `apiHost` is where it appends /t, /p, /i, /g, /s, /a, /b and /m to. */
function browserSettings(key: string, host: string, protocol: string): object {
  return {
    integrations: {
      'Segment.io': {
        apiKey: key,
        apiHost: `${host}/v1`,
        protocol,
        unbundledIntegrations: [],
        addBundledMetadata: true,
        maybeBundledConfigIds: {},
        versionSettings: { version: '4.4.7', componentTypes: ['browser'] },
      },
    },
    plan: {
      track: { __default: { enabled: true, integrations: {} } },
      identify: { __default: { enabled: true } },
      group: { __default: { enabled: true } },
    },
    edgeFunction: {},
    analyticsNextEnabled: true,
    middlewareSettings: {},
    enabledMiddleware: {},
    metrics: { sampleRate: 0 },
    legacyVideoPluginsEnabled: false,
    remotePlugins: [],
  };
}
