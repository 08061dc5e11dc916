import type { JsonObject } from '../kernel/json';
import type { Message } from './message';

/** The message as a client library would send it: what a dead letter keeps, and what can be sent again. */
export function messageJson(message: Message): JsonObject {
  const isEvent = message.call === 'track';
  return {
    type: message.call,
    messageId: message.messageId,
    timestamp: new Date(message.occurredAtMs).toISOString(),
    ...given({
      userId: message.userId,
      anonymousId: message.anonymousId,
      previousId: message.previousId,
      groupId: message.groupId,
      [isEvent ? 'event' : 'name']: message.name,
      category: message.category,
    }),
    ...(message.call === 'identify' || message.call === 'group' ? { traits: message.traits } : { properties: propertiesOf(message) }),
    context: message.asSent ? parsed(message.asSent.context) : message.context,
  };
}

function propertiesOf({ asSent, properties }: Message): JsonObject {
  return asSent ? parsed(asSent.properties) : properties;
}

function parsed(text: string | null): JsonObject {
  return text === null ? {} : JSON.parse(text);
}

function given(fields: Record<string, string | null>): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).filter((field): field is [string, string] => field[1] !== null));
}
