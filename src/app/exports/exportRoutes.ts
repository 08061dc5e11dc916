import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { ClientConfig } from 'pg';
import type { Access } from '../../api/access';
import { accessOf } from '../../api/accessOf';
import { maskedReasonOf } from '../../api/maskedReason';
import type { ApiPorts } from '../../api/ports/apiPorts';
import type { ReadLog } from '../../api/ports/readLog';
import { POSITION_HEADER, type PositionWatch, parsePosition } from '../../api/readYourWrites';
import type { SettingsCache } from '../../api/workspaceSettings';
import { clientAddress } from '../../http/clientAddress';
import { sendRefusal } from '../../http/refusalAnswers';
import { keyInHeaders } from '../../http/writeKey';
import type { KeyLookup } from '../../intake/credential';
import type { Clock } from '../../kernel/clock';
import { innerId, parsePublicId, publicId } from '../../kernel/ids';
import { Refusal } from '../../kernel/refusals';
import { Snapshot } from '../../storage/snapshot';
import { type ExportedSegment, findExportedSegment } from '../../storage/statements/findExportedSegment';
import type { ApiLimits } from '../api/apiLimits';
import { DEFAULT_FIELDS, parseExportFields } from './exportFields';
import { EXPORT_FORMATS } from './exportFormats';
import { SegmentExport, type SegmentExportOptions } from './segmentExport';

export interface ExportRoutesOptions {
  readonly ports: Pick<ApiPorts, 'segments'>;
  readonly credentials: KeyLookup;
  readonly settings: SettingsCache;
  readonly positions: PositionWatch;
  readonly limits: ApiLimits;
  readonly clock: Clock;
  readonly reads: ReadLog;
  /** As `appConnection` gives it: each export has a connection of its own. */
  readonly snapshots: ClientConfig;
  /** Told of faults that are not a client's. */
  readonly onError: (error: unknown) => void;
}

/** At once, in one process. */
export const PARALLEL_EXPORTS = 4;
/** As queries cost, however many are in the segment. */
const EXPORT_COST = 1_000;
const RETRY_AFTER_SECONDS = '10';
/** A snapshot is not kept for longer, so that the database can clean up; who needs longer goes on behind the last line. */
const LONGEST_MS = 15 * 60_000;
/** Nor for a client that takes nothing for so long. */
const STALLED_MS = 60_000;
const CHECK_MS = 5_000;

/** GET /exports/segments/<key>.ndjson and .csv: who is in a segment, as of one moment, in constant memory. */
export function exportRoutes(options: ExportRoutesOptions): FastifyPluginAsync {
  let running = 0;
  const open = new Set<Readable>();
  return (app) => {
    app.addHook('preClose', (done) => {
      for (const stream of open) stream.destroy();
      done();
    });
    app.setErrorHandler((error, _request, reply) => {
      if (error instanceof Refusal) return sendRefusal(reply, error);
      options.onError(error);
      return sendRefusal(reply, new Refusal('INTERNAL'));
    });
    app.route<{ Params: { file: string }; Querystring: Record<string, unknown> }>({
      method: 'GET',
      url: '/exports/segments/:file',
      exposeHeadRoute: false,
      handler: async (request, reply) => {
        const asked = await readRequest(request, options);
        if (running >= PARALLEL_EXPORTS) {
          reply.header('retry-after', RETRY_AFTER_SECONDS);
          throw new Refusal('OVERLOADED', `${PARALLEL_EXPORTS} exports are running already; ask again in ${RETRY_AFTER_SECONDS} seconds.`);
        }
        running++;
        const stream = await begin(asked, options, reply).catch((error) => {
          running--;
          throw error;
        });
        open.add(stream);
        stream.once('close', () => {
          running--;
          open.delete(stream);
        });
        return send(reply, stream, request.headers['accept-encoding']);
      },
    });
    return Promise.resolve();
  };
}

interface AskedExport extends Omit<SegmentExportOptions, 'segment' | 'shownReason'> {
  readonly key: string;
  readonly actor: string;
}

/** Refuses with UNAUTHENTICATED, FORBIDDEN, RATE_LIMITED, NOT_FOUND, INVALID_INPUT or INVALID_CURSOR. */
async function readRequest(
  { headers, params, query, raw }: FastifyRequest<{ Params: { file: string }; Querystring: Record<string, unknown> }>,
  { credentials, settings, positions, limits }: ExportRoutesOptions,
): Promise<AskedExport> {
  const sent = keyInHeaders(headers);
  const credential = sent === null ? null : await credentials.lookUp(sent, () => clientAddress(raw, limits.trustedProxies));
  const access: Access = accessOf(credential);
  access.need('segments:read');
  access.need('profiles:read');
  limits.spending?.spend(credential?.credentialId ?? '', EXPORT_COST);
  const [, key, kind] = /^(.+)\.(ndjson|csv)$/.exec(params.file) ?? [];
  if (key === undefined) throw new Refusal('NOT_FOUND', 'Segments are exported as <key>.ndjson or <key>.csv.');
  const fields = parseExportFields(textOf(query, 'fields') ?? DEFAULT_FIELDS);
  const after = textOf(query, 'after');
  if (after !== null && parsePublicId(after)?.kind !== 'Profile')
    throw new Refusal('INVALID_CURSOR', 'after must be the id of the last profile that arrived.');
  const position = headers[POSITION_HEADER];
  if (position !== undefined) await positions.reached(access.workspaceId, parsePosition(String(position)));
  const { survivorship, defaultCountry } = await settings.settingsOf(access.workspaceId);
  return {
    workspaceId: access.workspaceId,
    actor: access.actor,
    key,
    after: after === null ? null : innerId('Profile', after),
    fields,
    format: EXPORT_FORMATS[kind as 'ndjson' | 'csv'],
    survivorship,
    defaultCountry,
    masked: !access.seesPersonal,
  };
}

/** A parameter that is there once and not empty. */
function textOf(query: Readonly<Record<string, unknown>>, name: string): string | null {
  const value = query[name];
  if (value === undefined || value === '') return null;
  if (typeof value !== 'string') throw new Refusal('INVALID_INPUT', `${name} may be given once.`);
  return value;
}

/** Opens the snapshot and reads the first page, so that what fails by then is still answered with a status. */
async function begin(asked: AskedExport, options: ExportRoutesOptions, reply: FastifyReply): Promise<Readable> {
  const snapshot = await Snapshot.open(options.snapshots, asked.workspaceId);
  try {
    const segment = await findExportedSegment(snapshot, asked.workspaceId, asked.key);
    if (segment === null) throw new Refusal('NOT_FOUND', `There is no segment with the key ${JSON.stringify(asked.key.slice(0, 80))}.`);
    if (segment.status === 'COMPUTING')
      throw new Refusal('CONFLICT', 'The segment is being computed for the first time; ask again when it is LIVE.');
    const shownReason = await shownReasons(asked, segment, options);
    const pages = (await SegmentExport.begin(snapshot, { ...asked, segment, shownReason })).pages();
    const first = await pages.next();
    noteExport(asked, segment.segmentId, options);
    reply
      .type(asked.format.contentType)
      .header('throughline-as-of', new Date(snapshot.asOfMs).toISOString())
      .header('content-disposition', `attachment; filename="segment.${asked.format === EXPORT_FORMATS.csv ? 'csv' : 'ndjson'}"`)
      .header('cache-control', 'no-store');
    return streamOf(first, pages, snapshot, options.onError);
  } catch (error) {
    snapshot.end();
    throw error;
  }
}

/** As the API shows them to this key. */
async function shownReasons({ masked, workspaceId }: AskedExport, { definition }: ExportedSegment, { ports }: ExportRoutesOptions) {
  if (!masked) return (reason: string) => reason;
  return maskedReasonOf(JSON.parse(definition), await ports.segments.listComputedTraits(workspaceId));
}

/** Who was in it is not listed: the entry names the segment, and memberships tell who was in it then. */
function noteExport({ workspaceId, actor, fields }: AskedExport, segmentId: string, { reads, clock }: ExportRoutesOptions): void {
  const none: ReadonlySet<string> = new Set();
  const profileFields = fields.map(({ name }) => name);
  const target = publicId('Segment', segmentId);
  const read = { workspaceId, actor, atMs: clock(), action: 'export', target, fields: ['exports'], profileFields } as const;
  reads.note({ ...read, profileIds: none, identifierIds: none });
}

function streamOf(
  first: IteratorResult<string, void>,
  rest: AsyncGenerator<string, void, undefined>,
  snapshot: Snapshot,
  onError: (error: unknown) => void,
): Readable {
  const startedAtMs = performance.now();
  let takenAtMs = startedAtMs;
  async function* taken() {
    if (first.done) return;
    yield Buffer.from(first.value);
    for await (const text of rest) {
      takenAtMs = performance.now();
      yield Buffer.from(text);
    }
  }
  const stream = Readable.from(taken(), { objectMode: true, highWaterMark: 1 });
  const watch = setInterval(() => {
    const nowMs = performance.now();
    if (nowMs - startedAtMs > LONGEST_MS || nowMs - takenAtMs > STALLED_MS) stream.destroy(new Refusal('STATEMENT_TIMEOUT'));
  }, CHECK_MS);
  // The transaction ends with the client, whatever it is at: a statement under way is not waited for.
  stream.once('close', () => {
    clearInterval(watch);
    snapshot.end();
  });
  stream.on('error', (error) => error instanceof Refusal || onError(error));
  return stream;
}

/** Broken off in the middle where something fails: what has arrived is whole lines or ends in half of one, and `after` goes on from there. */
function send(reply: FastifyReply, stream: Readable, acceptEncoding: string | string[] | undefined): FastifyReply {
  if (!/\bgzip\b/.test(String(acceptEncoding ?? ''))) return reply.send(stream);
  const gzip = createGzip({ level: 1 });
  stream.once('error', (error) => gzip.destroy(error));
  gzip.once('close', () => stream.destroy());
  return reply.header('content-encoding', 'gzip').header('vary', 'accept-encoding, origin').send(stream.pipe(gzip));
}
