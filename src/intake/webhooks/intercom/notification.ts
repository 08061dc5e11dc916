import type { JsonObject } from '../../../kernel/json';
import { known, neededText, textIn, timeIn } from '../payload';
import { contextOf } from '../personOn';
import type { VendorMessage } from '../webhookVendor';

/** What every message of a notification begins with: the notification's own id and time. */
export function notified(notification: JsonObject): Pick<VendorMessage, 'messageId' | 'timestamp'> {
  return { messageId: neededText(notification, 'id'), ...known({ timestamp: timeIn(notification, 'created_at', 'first_sent_at') }) };
}

/** What is known of a contact as a person. */
export function personIn(contact: JsonObject) {
  return { email: textIn(contact, 'email'), phone: textIn(contact, 'phone'), name: textIn(contact, 'name') };
}

/** Whom a contact (a user, a lead) is: Intercom's own id, the company's user id, and what is known of the person. */
export function personOf(contact: JsonObject): Pick<VendorMessage, 'userId' | 'context'> {
  return {
    ...known({ userId: textIn(contact, 'external_id', 'user_id') }),
    context: contextOf({ ids: [['intercom.contact_id', textIn(contact, 'id')]], ...personIn(contact) }),
  };
}
