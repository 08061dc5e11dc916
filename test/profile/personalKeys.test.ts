import { isPersonalKey } from '../../src/profile/personalKeys';

it.each([
  'email',
  'First_Name',
  'phone-number',
  'billing_email',
  'contactPhone',
  'contact_first_name',
  'shipping_address',
  'engraving_text',
  'email_subject',
])('takes what %s names for personal', (key) => expect(isPersonalKey(key)).toBe(true));

it.each([
  'plan',
  'campaign_name',
  'product_name',
  'link_url',
  'ticket_id',
  'agent_name',
  'total',
  'context',
  'textile',
  '',
  '_',
  'subscription_id',
])('takes what %j names for nobody’s', (key) => expect(isPersonalKey(key)).toBe(false));
