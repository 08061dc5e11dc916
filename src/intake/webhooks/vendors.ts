import { JSON_SOURCE } from './json/jsonSource';
import type { WebhookVendor } from './webhookVendor';
import { ZENDESK } from './zendesk/zendesk';

const VENDORS: readonly WebhookVendor[] = [ZENDESK, JSON_SOURCE];

/** Whose webhooks are understood, by the type of their sources. */
export const WEBHOOK_VENDORS: ReadonlyMap<string, WebhookVendor> = new Map(VENDORS.map((vendor) => [vendor.type, vendor]));
