import { CALENDLY } from './calendly';
import { FRESHDESK } from './freshdesk/freshdesk';
import { HUBSPOT } from './hubspot/hubspot';
import { INTERCOM } from './intercom/intercom';
import { JSON_SOURCE } from './json/jsonSource';
import { MAILCHIMP } from './mailchimp';
import { SALESFORCE } from './salesforce/salesforce';
import { SENDGRID } from './sendgrid';
import { SHOPIFY } from './shopify/shopify';
import { STRIPE } from './stripe/stripe';
import { TWILIO } from './twilio/twilio';
import { TYPEFORM } from './typeform/typeform';
import type { WebhookVendor } from './webhookVendor';
import { ZENDESK } from './zendesk/zendesk';

const VENDORS: readonly WebhookVendor[] = [
  CALENDLY,
  FRESHDESK,
  HUBSPOT,
  INTERCOM,
  JSON_SOURCE,
  MAILCHIMP,
  SALESFORCE,
  SENDGRID,
  SHOPIFY,
  STRIPE,
  TWILIO,
  TYPEFORM,
  ZENDESK,
];

/** Whose webhooks are understood, by the type of their sources. */
export const WEBHOOK_VENDORS: ReadonlyMap<string, WebhookVendor> = new Map(VENDORS.map((vendor) => [vendor.type, vendor]));
