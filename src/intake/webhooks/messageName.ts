import { isJsonObject, type Json, type JsonObject } from '../../kernel/json';
import { uuidFromName } from '../../kernel/uuid';
import { MAX_MESSAGE_ID_CHARACTERS } from '../checkMessage';

/** What names an event: its parts, or their hash where they are longer than a messageId may be. */
export function messageIdOf(...parts: readonly (string | null)[]): string {
  const name = parts.filter((part) => part !== null).join(':');
  return name.length <= MAX_MESSAGE_ID_CHARACTERS ? name : uuidFromName(name);
}

/** For events that carry no id: the same event sent again has the same name, whatever the order of its members. */
export function contentId(content: Json): string {
  return uuidFromName(JSON.stringify(content, (_, value: unknown) => (isJsonObject(value) ? sorted(value) : value)));
}

function sorted(fields: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(fields).sort(([left], [right]) => (left < right ? -1 : 1)));
}
