import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { decodeBody } from '../intake/decodeBody';
import type { Door } from '../intake/door';
import { readDelivery } from '../intake/webhooks/readDelivery';
import { recogniseDelivery } from '../intake/webhooks/recogniseDelivery';
import { deliveryJson, storedDelivery } from '../intake/webhooks/storedDelivery';
import { WEBHOOK_VENDORS } from '../intake/webhooks/vendors';
import type { WebhookSources } from '../intake/webhooks/webhookSources';
import type { WebhookDelivery, WebhookVendor } from '../intake/webhooks/webhookVendor';
import type { Clock } from '../kernel/clock';
import { parsePublicId } from '../kernel/ids';
import { Refusal } from '../kernel/refusals';
import { JSON_TYPE } from './refusalAnswers';

export interface WebhookPorts {
  readonly door: Door;
  readonly webhookSources: WebhookSources;
  readonly clock: Clock;
  /** Of a body, decompressed. */
  readonly maxBodyBytes: number;
  /** Where the server is reached from outside, without a path; null where requests say so themselves. */
  readonly publicUrl: string | null;
}

const PATH = '/webhooks/:sourceId';
const NOTHING = Buffer.alloc(0);
const ANY_TYPE = 'application/octet-stream';
const SUCCESS = { type: JSON_TYPE, body: '{"success":true}' };
const OTHER_METHODS = ['PUT', 'PATCH', 'DELETE'];

/**
 * Takes in what vendors deliver, checked on the body as it came. Says success when the delivery is on disk. GET and HEAD answer vendors that look
 * whether there is anybody at the address before they deliver to it.
 */
export function registerWebhookRoute(app: FastifyInstance, ports: WebhookPorts): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(ANY_TYPE, { parseAs: 'buffer', bodyLimit: ports.maxBodyBytes }, (_request, body, done) => done(null, body));
  app.addHook('onRequest', (request, _reply, done) => {
    // What is signed is the body as it is, whatever it is called.
    request.raw.headers['content-type'] = ANY_TYPE;
    done();
  });
  app.post(PATH, (request, reply) => takeDelivery(request, reply, ports));
  app.get(PATH, async (request, reply) => {
    const { sources } = await ports.webhookSources.lookUp(sourceNumber(request));
    if (!sources.some(({ type }) => WEBHOOK_VENDORS.has(type))) throw nobodyHere();
    return reply.type(SUCCESS.type).send(SUCCESS.body);
  });
  app.route({
    method: OTHER_METHODS,
    url: PATH,
    handler: (_request, reply) => {
      reply.header('allow', 'POST, GET, HEAD');
      throw new Refusal('METHOD_NOT_ALLOWED', 'Webhooks are delivered by POST.');
    },
  });
}

async function takeDelivery(request: FastifyRequest, reply: FastifyReply, ports: WebhookPorts): Promise<FastifyReply> {
  const delivery = deliveryOf(request, ports);
  const { source, vendor } = await recogniseDelivery(ports.webhookSources, sourceNumber(request), delivery);
  ports.door.refuseWhenBehind(source.workspaceId);
  const stored = storedDelivery(delivery, vendor);
  const { messages, erasures, refusal } = readDelivery(stored, { ...source, source, receivedAtMs: delivery.receivedAtMs });
  // What nobody needs is not kept; what can't be read is, and becomes a dead letter.
  if (messages.length + erasures.length === 0 && refusal === null) return answer(reply, vendor, null);
  const { position } = await ports.door.receiveDelivery(source, deliveryJson(stored), Math.max(messages.length, 1));
  return answer(reply, vendor, position);
}

function answer(reply: FastifyReply, vendor: WebhookVendor, position: bigint | null): FastifyReply {
  if (position !== null) reply.header('throughline-position', String(position));
  const said = position === null ? SUCCESS : { type: JSON_TYPE, body: `{"success":true,"position":"${position}"}` };
  const { type, body } = vendor.answer ?? said;
  return reply.type(type).send(body);
}

function deliveryOf(request: FastifyRequest, { clock, publicUrl, maxBodyBytes }: WebhookPorts): WebhookDelivery {
  const raw = request.body instanceof Buffer ? request.body : NOTHING;
  const encoding = request.headers['content-encoding'];
  const body = encoding === undefined ? raw : decodeBody(raw, encoding, maxBodyBytes);
  return { body, headers: textHeaders(request.headers), url: (publicUrl ?? ownAddress(request)) + request.raw.url, receivedAtMs: clock() };
}

/** As the vendor addressed the server, behind a proxy as that passes it on. Who forges it only gets a signature that does not match. */
function ownAddress(request: FastifyRequest): string {
  const { 'x-forwarded-proto': protocol, 'x-forwarded-host': host } = textHeaders(request.headers);
  return `${firstOf(protocol) ?? request.protocol}://${firstOf(host) ?? request.headers.host ?? ''}`;
}

function firstOf(list: string | undefined): string | null {
  return list?.split(',')[0]?.trim() || null;
}

function textHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) texts[name] = String(value);
  return texts;
}

function sourceNumber(request: FastifyRequest): number {
  const parsed = parsePublicId((request.params as { readonly sourceId: string }).sourceId);
  if (parsed?.kind !== 'Source') throw nobodyHere();
  return Number(parsed.inner);
}

function nobodyHere(): Refusal {
  return new Refusal('NOT_FOUND', 'There is no source at this address that takes webhooks.');
}
