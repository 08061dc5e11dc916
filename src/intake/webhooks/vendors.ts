import { CALENDLY } from './calendly';
import { FRESHDESK } from './freshdesk/freshdesk';
import { INTERCOM } from './intercom/intercom';
import { JSON_SOURCE } from './json/jsonSource';
import { TWILIO } from './twilio/twilio';
import { TYPEFORM } from './typeform/typeform';
import type { WebhookVendor } from './webhookVendor';
import { ZENDESK } from './zendesk/zendesk';

const VENDORS: readonly WebhookVendor[] = [CALENDLY, FRESHDESK, INTERCOM, JSON_SOURCE, TWILIO, TYPEFORM, ZENDESK];

/** Whose webhooks are understood, by the type of their sources. */
export const WEBHOOK_VENDORS: ReadonlyMap<string, WebhookVendor> = new Map(VENDORS.map((vendor) => [vendor.type, vendor]));
