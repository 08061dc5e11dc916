import type { JsonObject } from '../../../kernel/json';
import { externalIds, given, neededText, objectAt, textAt } from '../payload';
import type { VendorMessage } from '../webhookVendor';

/**
 * One `zen:event-type:user.*` event: who a Zendesk user is. Tickets name their requester by the user's id alone; here the id stands beside the
 * e-mail address. Agents and admins are no customers. Users that were merged are one.
 */
export function userEvent(name: string, payload: JsonObject): readonly VendorMessage[] {
  const detail = objectAt(payload, 'detail');
  const role = textAt(detail, 'role');
  if ((role !== undefined && role !== 'end-user') || name === 'deleted') return [];
  const event = objectAt(payload, 'event');
  const changedTo = textAt(event, 'current');
  const identity = objectAt(event, 'identity');
  const traits = given({
    email: textAt(detail, 'email') ?? (textAt(identity, 'type') === 'email' ? textAt(identity, 'value') : undefined),
    phone: textAt(identity, 'type') === 'phone_number' ? textAt(identity, 'value') : undefined,
    name: name === 'name_changed' ? changedTo : textAt(detail, 'name'),
    language: name === 'language_changed' ? changedTo : undefined,
    timezone: name === 'time_zone_changed' ? changedTo : undefined,
  });
  const other = name === 'merged' ? (textAt(event, 'user', 'id') ?? textAt(event, 'merged_user', 'id')) : undefined;
  return [
    {
      type: 'identify',
      messageId: neededText(payload, 'id'),
      timestamp: neededText(payload, 'time'),
      ...given({ userId: textAt(detail, 'external_id') }),
      traits,
      context: {
        externalIds: [
          ...externalIds({ 'zendesk.user_id': neededText(detail, 'id') }),
          ...(other === undefined ? [] : externalIds({ 'zendesk.user_id': other })),
        ],
        ...(other === undefined ? {} : { merged: true }),
      },
    },
  ];
}
