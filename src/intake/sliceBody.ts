import type { Json, JsonObject } from '../kernel/json';
import { ownText } from '../kernel/ownText';
import { MAX_MESSAGE_BYTES, MAX_MESSAGE_LEVELS, type RawMessage } from './checkMessage';
import { JsonCursor } from './jsonCursor';
import { MemberNames } from './memberNames';
import type { MessagesEntry } from './message';
import { isBatch, type OpenBody, textOf } from './openBody';
import { makeStorable } from './parseJson';
import { CONTEXT_NOTICED, CONTEXT_READ, PROPERTIES_READ } from './readMembers';
import { parseTimestamp } from './timestamp';

type How = 'READ' | 'NOTICED';
const OF_PROPERTIES = new MemberNames<How>(PROPERTIES_READ.map((name) => [name, 'READ']));
const OF_CONTEXT = new MemberNames<How>([
  ...CONTEXT_READ.map((name): [string, How] => [name, 'READ']),
  ...CONTEXT_NOTICED.map((name): [string, How] => [name, 'NOTICED']),
]);

/** At most, of a UTF-16 code unit in UTF-8. */
const BYTES_PER_UNIT = 3;
const NOTHING: JsonObject = Object.freeze({});

/** What is read of properties and context is much the same from message to message, so a little of it is remembered, by its text. */
const MOST_REMEMBERED = 1_000;
const LONGEST_REMEMBERED = 500;
const remembered = new Map<string, JsonObject>();

/**
 * Takes a body apart that the door has read before, without parsing what nothing decides by: properties and context stay slices of the
 * text. Null where that won't do and the body is to be opened in full; what comes of it is the same.
 */
export function sliceBody({ body, call }: Pick<MessagesEntry, 'body' | 'call'>): Omit<OpenBody, 'body'> | null {
  const slicer = new Slicer(makeStorable(textOf(body)));
  try {
    return isBatch(call) ? slicer.batch() : slicer.single();
  } catch {
    return null;
  }
}

/** All that a message can say. */
class Said {
  type: unknown;
  messageId: unknown;
  userId: unknown;
  anonymousId: unknown;
  previousId: unknown;
  groupId: unknown;
  event: unknown;
  name: unknown;
  category: unknown;
  timestamp: unknown;
  originalTimestamp: unknown;
  sentAt: unknown;
  traits: unknown;
  properties: unknown;
  context: unknown;
}

class Slicer {
  private readonly cursor: JsonCursor;
  /** Of the part read last; null where there is nothing in it. */
  private partText: string | null = null;

  constructor(private readonly text: string) {
    this.cursor = new JsonCursor(text, MAX_MESSAGE_LEVELS - 2);
  }

  single(): Omit<OpenBody, 'body'> | null {
    const message = this.message(0);
    return message && { messages: [message], sentAtMs: Number.NaN, context: null };
  }

  batch(): Omit<OpenBody, 'body'> | null {
    const { cursor } = this;
    let messages: RawMessage[] | null = null;
    let sentAt: unknown;
    let timestamp: unknown;
    if (!cursor.enterObject()) return null;
    while (cursor.nextMember()) {
      if (cursor.isNamed('context')) return null;
      if (cursor.isNamed('batch')) messages = this.messages();
      else if (cursor.isNamed('sentAt')) sentAt = this.value();
      else if (cursor.isNamed('timestamp')) timestamp = this.value();
      else cursor.skipValue();
    }
    if (messages === null || cursor.needsParser) return null;
    return { messages, sentAtMs: parseTimestamp(sentAt ?? timestamp), context: null };
  }

  private value(): Json {
    const { cursor, text } = this;
    const start = cursor.at;
    const plain = cursor.plainString();
    if (plain !== null) return plain;
    cursor.skipValue();
    return JSON.parse(text.slice(start, cursor.at));
  }

  private messages(): RawMessage[] | null {
    const messages: RawMessage[] = [];
    if (!this.cursor.enterArray()) return null;
    while (this.cursor.nextItem()) {
      const message = this.message(messages.length);
      if (!message) return null;
      messages.push(message);
    }
    return messages;
  }

  /** Members that the protocol does not know are passed over. */
  private message(index: number): RawMessage | null {
    const { cursor } = this;
    const start = cursor.at;
    const said = new Said();
    let properties: string | null = null;
    let context: string | null = null;
    if (!cursor.enterObject()) return null;
    while (cursor.nextMember()) {
      if (cursor.isNamed('properties')) {
        said.properties = this.part(OF_PROPERTIES);
        properties = this.partText;
      } else if (cursor.isNamed('context')) {
        said.context = this.part(OF_CONTEXT);
        context = this.partText;
      } else this.field(said);
    }
    if (cursor.needsParser || (cursor.at - start) * BYTES_PER_UNIT > MAX_MESSAGE_BYTES) return null;
    return { value: said, weight: 0, index, asSent: { properties, context } };
  }

  private field(said: Said): void {
    const { cursor } = this;
    if (cursor.isNamed('type')) said.type = this.value();
    else if (cursor.isNamed('messageId')) said.messageId = this.value();
    else if (cursor.isNamed('userId')) said.userId = this.value();
    else if (cursor.isNamed('anonymousId')) said.anonymousId = this.value();
    else if (cursor.isNamed('event')) said.event = this.value();
    else if (cursor.isNamed('timestamp')) said.timestamp = this.value();
    else if (cursor.isNamed('originalTimestamp')) said.originalTimestamp = this.value();
    else if (cursor.isNamed('sentAt')) said.sentAt = this.value();
    else if (cursor.isNamed('name')) said.name = this.value();
    else if (cursor.isNamed('category')) said.category = this.value();
    else if (cursor.isNamed('traits')) said.traits = this.value();
    else if (cursor.isNamed('groupId')) said.groupId = this.value();
    else if (cursor.isNamed('previousId')) said.previousId = this.value();
    else cursor.skipValue();
  }

  /** What is read of the object here, whose text is `partText` then; whatever else is here is parsed. */
  private part(names: MemberNames<How>): Json {
    const { cursor, text } = this;
    const start = cursor.at;
    let isEmpty = true;
    let read = '';
    this.partText = null;
    if (!cursor.enterObject()) return this.value();
    while (cursor.nextMember()) {
      isEmpty = false;
      const { nameStart, nameEnd } = cursor;
      const how = names.find(text, nameStart, nameEnd);
      cursor.skipValue();
      if (how === undefined) continue;
      if (read !== '') read += ',';
      read += how === 'READ' ? text.slice(nameStart - 1, cursor.at) : `${text.slice(nameStart - 1, nameEnd + 1)}:true`;
    }
    if (!isEmpty) this.partText = text.slice(start, cursor.at);
    return read === '' ? NOTHING : parseRead(read);
  }
}

function parseRead(members: string): JsonObject {
  const known = remembered.get(members);
  if (known) return known;
  const read: JsonObject = JSON.parse(`{${members}}`);
  if (members.length > LONGEST_REMEMBERED) return read;
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  remembered.set(ownText(members), read);
  return read;
}
