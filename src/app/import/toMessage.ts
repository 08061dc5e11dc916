import { createHash } from 'node:crypto';
import { CALLS } from '../../intake/message';
import type { Json, JsonObject } from '../../kernel/json';
import type { ColumnTarget, ColumnTargets } from './columnTargets';
import type { ReadRow } from './importRow';

interface Said {
  userId?: string;
  anonymousId?: string;
  timestamp?: Json;
  readonly externalIds: JsonObject[];
  readonly traits: Record<string, Json>;
}

/**
 * The message that says what a row says: an identify, or the row itself where it is a message of the Segment protocol. Its id is named by
 * what it says (of a message without an id also by its row), so that to send it again makes no second one, also after rows were added.
 */
export function toMessage({ record, row }: ReadRow, targets: ColumnTargets): JsonObject {
  if (isMessage(record))
    return isGiven(record['messageId']) ? record : { ...record, messageId: named(`${row}\n${JSON.stringify(record)}`) };
  const message = identify(said(record, targets));
  return { ...message, messageId: named(JSON.stringify(message)) };
}

/** Whether a record says everything itself, in the words of the Segment protocol. */
export function isMessage(record: JsonObject): boolean {
  return CALLS.some((call) => call === record['type']) && ['userId', 'anonymousId'].some((field) => isGiven(record[field]));
}

function said(record: JsonObject, targets: ColumnTargets): Said {
  const found: Said = { externalIds: [], traits: Object.create(null) };
  for (const [column, value] of Object.entries(record)) {
    if (value === undefined || value === '') continue;
    const target = targets.of(column);
    if (target.kind === 'trait') found.traits[target.key] = value;
    else if (target.kind === 'timestamp') found.timestamp = value;
    else if (target.kind !== 'ignored' && isGiven(value)) addId(found, target, idText(value));
  }
  return found;
}

function addId(found: Said, target: Exclude<ColumnTarget, { kind: 'trait' | 'timestamp' | 'ignored' }>, id: string): void {
  if (target.kind === 'identifier') found.externalIds.push({ id, type: target.type, collection: 'users', encoding: 'none' });
  else found[target.kind] = id;
}

function identify({ userId, anonymousId, timestamp, externalIds, traits }: Said): JsonObject {
  const anonymous = anonymousId ?? (userId === undefined ? standIn(externalIds, traits) : undefined);
  return {
    type: 'identify',
    ...(userId !== undefined && { userId }),
    ...(anonymous !== undefined && { anonymousId: anonymous }),
    ...(timestamp !== undefined && { timestamp }),
    traits,
    ...(externalIds.length > 0 && { context: { externalIds } }),
  };
}

/** The protocol wants an id of its own on each message. Who has none goes by the strongest that is there, the same in each of their rows. */
function standIn(externalIds: readonly JsonObject[], traits: JsonObject): string | undefined {
  const [first] = externalIds;
  const strongest = first ? `${first['type']}\n${first['id']}` : ['email', 'phone'].map((key) => contact(key, traits[key])).find(Boolean);
  return strongest === undefined || strongest === null ? undefined : named(strongest);
}

function contact(key: string, value: Json | undefined): string | null {
  return isGiven(value) && typeof value !== 'object' ? `${key}\n${idText(value).trim().toLowerCase()}` : null;
}

function isGiven(value: Json | undefined): value is Json {
  return value !== undefined && value !== null && value !== '';
}

function idText(value: Json): string {
  return typeof value === 'string' ? value : typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function named(content: string): string {
  return `import-${createHash('sha256').update(content).digest('base64url').slice(0, 32)}`;
}
