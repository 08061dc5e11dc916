import type { FastifyInstance, FastifyRequest } from 'fastify';
import { CALLS, type Call } from '../intake/message';
import { openBody } from '../intake/openBody';
import { Refusal } from '../kernel/refusals';
import { clientAddress } from './clientAddress';
import { allowAnyOrigin } from './crossOrigin';
import type { IntakePorts } from './intakeRoutes';
import { pixelMessage } from './pixelMessage';
import type { FaultPorts } from './refusalAnswers';
import { findSender, keyInBody, keyInHeaders } from './writeKey';

/** A transparent GIF of one pixel. */
const GIF = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

/** Takes one message in from an image's address, as e-mails send it. Always answers the image: nobody would see anything else. */
export function registerPixelRoute(app: FastifyInstance, ports: IntakePorts & FaultPorts): void {
  allowAnyOrigin(app);
  app.get('/v1/pixel/:type', async (request, reply) => {
    try {
      await takePixel(request, ports);
    } catch (error) {
      if (!(error instanceof Refusal)) ports.onFault(error);
      ports.onRefusal(error instanceof Refusal ? error.code : 'INTERNAL');
    }
    return reply.type('image/gif').header('cache-control', 'no-store').send(GIF);
  });
}

async function takePixel(request: FastifyRequest, { door, credentials, trustedProxies = 0 }: IntakePorts): Promise<void> {
  const call = callOf((request.params as { readonly type: string }).type);
  const message = pixelMessage(request.query as Readonly<Record<string, string>>);
  if (message === null) throw new Refusal('BODY_NOT_JSON');
  const sender = await findSender(credentials, keyInHeaders(request.headers) ?? keyInBody(message), () =>
    clientAddress(request.raw, trustedProxies),
  );
  door.refuseWhenBehind(sender.workspaceId);
  const body = Buffer.from(JSON.stringify(message));
  await door.receive(sender, openBody({ body, call }), { call, body });
}

function callOf(type: string): Call {
  const name = type.replace(/\.gif$/, '');
  const call = CALLS.find((known) => known === name);
  if (call === undefined) throw new Refusal('MESSAGE_TYPE_UNKNOWN');
  return call;
}
