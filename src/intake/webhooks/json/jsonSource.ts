import { isJsonObject, type Json, type JsonObject } from '../../../kernel/json';
import { carriesSecret } from '../sharedSecret';
import { type HmacForm, isSignedBy } from '../signature';
import { signingSecrets } from '../signingSecrets';
import { UnreadablePayload, type WebhookDelivery, type WebhookSettings, type WebhookVendor } from '../webhookVendor';
import { applyMapping } from './applyMapping';
import { FaultyMapping, type JsonMapping, readMappings } from './jsonMapping';

const SECRETS = ['secret', 'signingSecret'];
const ALGORITHMS: readonly unknown[] = ['sha1', 'sha256', 'sha512'];
const ENCODINGS: readonly unknown[] = ['hex', 'base64'];

/** An HMAC of the body in a header, perhaps behind a prefix such as `sha256=`. */
interface SignatureHeader extends HmacForm {
  readonly header: string;
  readonly secret: string;
  readonly prefix: string;
}

/** Any system that can post JSON: how it signs and what its payloads mean is configuration. */
export const JSON_SOURCE: WebhookVendor = {
  type: 'json',
  keptHeaders: [],

  checkSettings(settings) {
    const signature = settings['signature'];
    const fault = signature === undefined ? faultOfSecret(settings) : faultOfSignature(signature);
    return fault ?? faultOfMapping(settings['mapping']);
  },

  verify(delivery, settings) {
    const { signature } = settings;
    const isGenuine = isJsonObject(signature)
      ? isSigned(delivery, signatureOf(signature))
      : settings['unsigned'] === true || signingSecrets(settings, SECRETS).some((secret) => carriesSecret(delivery, secret));
    return isGenuine ? null : 'WEBHOOK_SIGNATURE_INVALID';
  },

  toMessages(payload, _headers, settings) {
    if (typeof payload !== 'object' || payload === null) throw new UnreadablePayload('The payload is neither a JSON object nor a list.');
    return mappingsOf(settings['mapping']).flatMap((mapping) => applyMapping(payload, mapping));
  },
};

function isSigned({ body, headers }: WebhookDelivery, { header, secret, ...form }: SignatureHeader): boolean {
  if (form.encoding !== 'hex') return isSignedBy([secret], headers[header], [body], form);
  // Hexadecimal digits are the same in either case.
  return isSignedBy([secret], headers[header]?.toLowerCase(), [body], { ...form, prefix: form.prefix.toLowerCase() });
}

function signatureOf({ header, secret, prefix, algorithm, encoding }: JsonObject): SignatureHeader {
  return {
    header: String(header).toLowerCase(),
    secret: String(secret),
    prefix: typeof prefix === 'string' ? prefix : '',
    algorithm: (algorithm ?? 'sha256') as HmacForm['algorithm'],
    encoding: (encoding ?? 'hex') as HmacForm['encoding'],
  };
}

function faultOfSecret(settings: WebhookSettings): string | null {
  if (settings['unsigned'] === true || signingSecrets(settings, SECRETS).length > 0) return null;
  return 'give signature (header, algorithm, encoding, secret, prefix), or a secret that deliveries carry, or unsigned: true.';
}

function faultOfSignature(signature: Json): string | null {
  if (!isJsonObject(signature)) return 'signature must be an object.';
  const { header, secret, prefix = '', algorithm = 'sha256', encoding = 'hex' } = signature;
  if (typeof header !== 'string' || !/^[\w-]{1,100}$/.test(header)) return 'signature.header must be the name of a header.';
  if (typeof secret !== 'string' || secret === '') return 'signature.secret must be a text.';
  if (typeof prefix !== 'string') return 'signature.prefix must be a text.';
  if (!ALGORITHMS.includes(algorithm)) return `signature.algorithm must be one of ${ALGORITHMS.join(', ')}.`;
  return ENCODINGS.includes(encoding) ? null : `signature.encoding must be one of ${ENCODINGS.join(', ')}.`;
}

function faultOfMapping(mapping: Json | undefined): string | null {
  try {
    readMappings(mapping);
    return null;
  } catch (error) {
    if (error instanceof FaultyMapping) return error.message;
    throw error;
  }
}

/** A mapping is an object of the settings, which stay the same objects from delivery to delivery. */
const understood = new WeakMap<object, readonly JsonMapping[]>();

function mappingsOf(json: Json | undefined): readonly JsonMapping[] {
  const known = typeof json === 'object' && json !== null ? understood.get(json) : undefined;
  if (known) return known;
  const mappings = readMappings(json);
  understood.set(json as object, mappings);
  return mappings;
}
