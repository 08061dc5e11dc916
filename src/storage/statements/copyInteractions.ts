import type { ClientBase } from 'pg';
import { CHANNEL_CODES, DEPARTMENT_CODES, DIRECTION_CODES, KIND_CODES } from '../../kernel/vocabularyCodes';
import type { InteractionRecord } from '../../timeline/interaction';
import { writeTimestamp, writeUuid } from '../binaryArrays';
import { COPY_END_BYTES, COPY_ROWS_AT, type CopyMessages, copyIn, copyMessages } from '../copyIn';
import { type Statement, send } from './statement';

/** Whether the connection's user may become the role that copies, and that role may copy: one row. */
const MAY_COPY: Statement = {
  name: 'may_copy',
  text: `
select coalesce(bool_and(pg_has_role(session_user, r.oid, 'member') and has_column_privilege(r.oid, 'interaction', 'interaction_id', 'insert')), false)
  as may_copy
from pg_roles r where r.rolname = 'throughline_loader' and r.rolbypassrls`,
};

const COPY_INTERACTIONS = `copy interaction (
  interaction_id, identifier_id, occurred_at, received_at, source_id, kind, department, channel, direction, name, message_id, subject_type,
  subject_id, properties, context) from stdin binary`;

export async function mayCopyInteractions(client: ClientBase): Promise<boolean> {
  const [row] = await send<{ may_copy: boolean }>(client, MAY_COPY, []);
  return row?.may_copy === true;
}

/** In a transaction for which the wall is open; what is sent behind it is sent as throughline_app again. */
export function copyInteractions(client: ClientBase, rows: CopyMessages): Promise<unknown>[] {
  return [
    client.query('set local role throughline_loader'),
    copyIn(client, COPY_INTERACTIONS, rows),
    client.query('set local role throughline_app'),
  ];
}

/** Offsets within a row: the number of fields, then each field's length and value. The lengths of these never differ. */
const ID_AT = 2 + 4;
const OWNER_AT = ID_AT + 16 + 4;
const OCCURRED_AT = OWNER_AT + 8 + 4;
const RECEIVED_AT = OCCURRED_AT + 8 + 4;
const SOURCE_AT = RECEIVED_AT + 8 + 4;
const KIND_AT = SOURCE_AT + 4 + 4;
const DEPARTMENT_AT = KIND_AT + 2 + 4;
const CHANNEL_AT = DEPARTMENT_AT + 2 + 4;
const DIRECTION_AT = CHANNEL_AT + 2 + 4;
const FIXED_BYTES = DIRECTION_AT + 2;
const TEXT_FIELDS = 6;

const FIXED_PART = fixedPart();

function fixedPart(): Buffer {
  const part = Buffer.alloc(FIXED_BYTES);
  part.writeInt16BE(15, 0);
  for (const [at, bytes] of [
    [ID_AT, 16],
    [OWNER_AT, 8],
    [OCCURRED_AT, 8],
    [RECEIVED_AT, 8],
    [SOURCE_AT, 4],
    [KIND_AT, 2],
    [DEPARTMENT_AT, 2],
    [CHANNEL_AT, 2],
    [DIRECTION_AT, 2],
  ] as const)
    part.writeInt32BE(bytes, at - 4);
  return part;
}

/** `owners`: the identifier that each interaction belongs to for good, in order. Ids that are there already fail the batch (23505). */
export function encodeInteractions(interactions: readonly InteractionRecord[], owners: readonly bigint[]): CopyMessages {
  const buffer = Buffer.allocUnsafeSlow(COPY_ROWS_AT + mostBytes(interactions) + COPY_END_BYTES);
  const view = new DataView(buffer.buffer, buffer.byteOffset, buffer.length);
  let at = COPY_ROWS_AT;
  for (let index = 0; index < interactions.length; index++) {
    const row = interactions[index] as InteractionRecord;
    writeFixed(buffer, view, at, row, owners[index] as bigint);
    at = writeTexts(buffer, view, at + FIXED_BYTES, row);
  }
  return copyMessages(buffer, at);
}

function writeFixed(buffer: Buffer, view: DataView, at: number, row: InteractionRecord, owner: bigint): void {
  buffer.set(FIXED_PART, at);
  writeUuid(buffer, at + ID_AT, row.interactionId);
  view.setBigInt64(at + OWNER_AT, owner);
  writeTimestamp(buffer, at + OCCURRED_AT, row.occurredAtMs);
  writeTimestamp(buffer, at + RECEIVED_AT, row.receivedAtMs);
  view.setInt32(at + SOURCE_AT, row.sourceId);
  view.setInt16(at + KIND_AT, KIND_CODES[row.facts.kind]);
  view.setInt16(at + DEPARTMENT_AT, DEPARTMENT_CODES[row.facts.department]);
  view.setInt16(at + CHANNEL_AT, CHANNEL_CODES[row.facts.channel]);
  view.setInt16(at + DIRECTION_AT, DIRECTION_CODES[row.facts.direction]);
}

function writeTexts(buffer: Buffer, view: DataView, from: number, row: InteractionRecord): number {
  const { name, subject } = row.facts;
  let at = writeText(buffer, view, from, name);
  at = writeText(buffer, view, at, row.messageId);
  at = writeText(buffer, view, at, subject === null ? null : subject.type);
  at = writeText(buffer, view, at, subject === null ? null : subject.externalId);
  at = writeText(buffer, view, at, row.properties);
  return writeText(buffer, view, at, row.context);
}

function writeText(buffer: Buffer, view: DataView, at: number, text: string | null): number {
  if (text === null) {
    view.setInt32(at, -1);
    return at + 4;
  }
  const bytes = buffer.write(text, at + 4);
  view.setInt32(at, bytes);
  return at + 4 + bytes;
}

/** A UTF-16 unit takes at most three bytes in UTF-8. */
function mostBytes(interactions: readonly InteractionRecord[]): number {
  let characters = 0;
  for (const { facts, messageId, properties, context } of interactions) {
    characters += facts.name.length + messageId.length + (properties?.length ?? 0) + (context?.length ?? 0);
    if (facts.subject !== null) characters += facts.subject.type.length + facts.subject.externalId.length;
  }
  return interactions.length * (FIXED_BYTES + 4 * TEXT_FIELDS) + characters * 3;
}
