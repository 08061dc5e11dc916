import type { JsonObject } from '../../../kernel/json';
import { known, neededText, neededTime, objectIn, textIn } from '../payload';
import { contextOf } from '../personOn';
import type { VendorMessage } from '../webhookVendor';

/**
 * One `zen:event-type:user.*` event: who a Zendesk user is. Tickets name their requester by the user's id alone; here the id stands beside the
 * e-mail address. Agents and admins are no customers. Users that were merged are one.
 */
export function userEvent(name: string, payload: JsonObject): readonly VendorMessage[] {
  const detail = objectIn(payload, 'detail');
  const role = textIn(detail, 'role');
  if ((role !== null && role !== 'end-user') || name === 'deleted') return [];
  const event = objectIn(payload, 'event');
  const changedTo = textIn(event, 'current');
  const identity = (type: string) => (textIn(event, ['identity', 'type']) === type ? textIn(event, ['identity', 'value']) : null);
  const traits = known({
    email: textIn(detail, 'email') ?? identity('email'),
    phone: identity('phone_number'),
    name: name === 'name_changed' ? changedTo : textIn(detail, 'name'),
    language: name === 'language_changed' ? changedTo : null,
    timezone: name === 'time_zone_changed' ? changedTo : null,
  });
  const other = name === 'merged' ? textIn(event, ['user', 'id'], ['merged_user', 'id']) : null;
  const ids = [neededText(detail, 'id'), other].map((id) => ['zendesk.user_id', id] as const);
  return [
    {
      type: 'identify',
      messageId: neededText(payload, 'id'),
      timestamp: neededTime(payload, 'time'),
      ...known({ userId: textIn(detail, 'external_id') }),
      traits,
      context: contextOf({ ids }, other === null ? {} : { merged: true }),
    },
  ];
}
