import type { Message } from '../../src/intake/message';
import type { JsonObject } from '../../src/kernel/json';
import type { InteractionFacts } from '../../src/timeline/interaction';
import { type MessageSource, toInteraction } from '../../src/timeline/toInteraction';

export const STOREFRONT: MessageSource = { department: 'MARKETING', type: 'javascript' };

/** A checked message of the browser library, with what the test is about. */
export function aMessage(
  parts: Partial<Omit<Message, 'properties' | 'context'>> & { properties?: JsonObject; context?: JsonObject },
): Message {
  return {
    call: 'track',
    messageId: 'ajs-next-1',
    sourceId: 1,
    userId: '019mr8mf4r',
    anonymousId: null,
    previousId: null,
    groupId: null,
    name: null,
    category: null,
    properties: {},
    traits: {},
    context: {},
    asSent: null,
    occurredAtMs: 1_700_000_000_000,
    receivedAtMs: 1_700_000_000_000,
    ...parts,
  };
}

/** What a tracked event becomes when its context says nothing. */
export function tracked(name: string, properties: JsonObject = {}, context: JsonObject = {}): InteractionFacts {
  return toInteraction(aMessage({ name, properties, context }), STOREFRONT);
}
