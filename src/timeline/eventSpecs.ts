import { AB_TESTING } from './specs/abTesting';
import { B2B_SAAS } from './specs/b2bSaas';
import { ECOMMERCE_V2 } from './specs/ecommerceV2';
import { EMAIL } from './specs/email';
import type { EventSpec, EventSpecRow } from './specs/eventSpec';
import { LIVE_CHAT } from './specs/liveChat';
import { MOBILE } from './specs/mobile';
import { WELL_KNOWN } from './specs/wellKnown';
import { WELL_KNOWN_CARE } from './specs/wellKnownCare';

/** Every event whose name is known, with Segment's own specs first. */
export const EVENT_SPEC_ROWS: readonly EventSpecRow[] = [
  ...ECOMMERCE_V2,
  ...EMAIL,
  ...B2B_SAAS,
  ...MOBILE,
  ...LIVE_CHAT,
  ...AB_TESTING,
  ...WELL_KNOWN,
  ...WELL_KNOWN_CARE,
];

/** An event that no spec knows: of its source's department, and the customer did it. */
const UNKNOWN_EVENT: EventSpec = { kind: 'CUSTOM', department: 'SOURCE', channel: 'CONTEXT', direction: 'INBOUND', aboutAccount: false };

const LONGEST_NAME = 60;

/** Case, spaces, hyphens, underscores, dots and colons make no difference: `order_completed` and `orderCompleted` are Order Completed. */
export function eventKey(name: string): string {
  return name.toLowerCase().replace(/[\s_\-.:]+/g, '');
}

const BY_KEY = new Map<string, EventSpec>();
/** The names as published too, which spares most messages the normalising. */
const BY_NAME = new Map<string, EventSpec>();

for (const [names, kind, department, channel, direction, about] of EVENT_SPEC_ROWS) {
  const spec: EventSpec = { kind, department, channel, direction, aboutAccount: about === 'ACCOUNT' };
  for (const name of names) {
    BY_NAME.set(name, spec);
    BY_KEY.set(eventKey(name), spec);
  }
}

/** What the name of an event says; the same for every name that is not known. */
export function eventSpec(name: string): EventSpec {
  const published = BY_NAME.get(name);
  if (published) return published;
  return name.length > LONGEST_NAME ? UNKNOWN_EVENT : (BY_KEY.get(eventKey(name)) ?? UNKNOWN_EVENT);
}
