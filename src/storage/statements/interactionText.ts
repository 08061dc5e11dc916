/**
 * The columns of an interaction as one text, in this order, kept apart by U+001F: a value in a column of its own costs its reader about a
 * microsecond, and a page of a timeline has hundreds of them. Text that holds one of the two separators gets a space in its place; JSON
 * can't hold them. What is null comes as empty.
 */
export const INTERACTION_TEXT = `
  concat_ws(
    e'\\x1f', entry.interaction_id, entry.identifier_id, entry.occurred_at, entry.received_at, entry.source_id, entry.kind, entry.department,
    entry.channel, entry.direction, translate(entry.name, e'\\x1e\\x1f', '  '), translate(entry.message_id, e'\\x1e\\x1f', '  '),
    coalesce(translate(entry.subject_type, e'\\x1e\\x1f', '  '), ''), coalesce(translate(entry.subject_id, e'\\x1e\\x1f', '  '), ''),
    coalesce(entry.properties::text, '')
  )`;

const FIELD_SEPARATOR = '\x1f';

export interface InteractionFields {
  readonly interactionId: string;
  readonly identifierId: string;
  /** ISO text in UTC as PostgreSQL writes it. */
  readonly occurredAt: string;
  readonly receivedAt: string;
  readonly sourceId: number;
  /** Indexes into the vocabularies. */
  readonly kind: number;
  readonly department: number;
  readonly channel: number;
  readonly direction: number;
  readonly name: string;
  readonly messageId: string;
  readonly subjectType: string | null;
  readonly subjectId: string | null;
  /** JSON text of an object; null where there are none. */
  readonly properties: string | null;
}

export function readInteractionText(text: string): InteractionFields {
  const fields = text.split(FIELD_SEPARATOR) as InteractionTuple;
  return {
    interactionId: fields[0],
    identifierId: fields[1],
    occurredAt: fields[2],
    receivedAt: fields[3],
    sourceId: Number(fields[4]),
    kind: Number(fields[5]),
    department: Number(fields[6]),
    channel: Number(fields[7]),
    direction: Number(fields[8]),
    name: fields[9],
    messageId: fields[10],
    subjectType: fields[11] || null,
    subjectId: fields[12] || null,
    properties: fields[13] || null,
  };
}

type InteractionTuple = [string, string, string, string, string, string, string, string, string, string, string, string, string, string];
