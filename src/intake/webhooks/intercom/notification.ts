import type { JsonObject } from '../../../kernel/json';
import { externalIds, given, neededText, numberAt, textAt, timeOfUnixSeconds } from '../payload';
import type { VendorMessage } from '../webhookVendor';

/** What every message of a notification begins with: the notification's own id and time. */
export function notified(notification: JsonObject): Pick<VendorMessage, 'messageId' | 'timestamp'> {
  const at = timeOfUnixSeconds(numberAt(notification, 'created_at') ?? numberAt(notification, 'first_sent_at'));
  return { messageId: neededText(notification, 'id'), ...(at === undefined ? {} : { timestamp: at }) };
}

/** Whom a contact (a user, a lead) is: Intercom's own id, the company's user id, and what is known of the person. */
export function personOf(contact: JsonObject): Pick<VendorMessage, 'userId' | 'context'> {
  const traits = given({
    email: textAt(contact, 'email'),
    phone: textAt(contact, 'phone'),
    name: textAt(contact, 'name'),
  });
  return {
    ...given({ userId: textAt(contact, 'external_id') ?? textAt(contact, 'user_id') }),
    context: { traits, externalIds: externalIds({ 'intercom.contact_id': textAt(contact, 'id') }) },
  };
}
