import type { ClientBase } from 'pg';
import { forEachMentioned } from '../../identity/mentioned';
import { identifierTombstone, messageTombstone } from '../../identity/tombstone';
import type { DeadLetter } from '../../intake/message';
import { parseJsonExactly } from '../../intake/parseJson';
import { parseTimestamp } from '../../intake/timestamp';
import { isJsonObject, type Json } from '../../kernel/json';
import { findTombstones, type Tombstone } from '../../storage/privacy/tombstones';
import type { TombstoneKey } from '../../storage/statements/loadWorkspaceSettings';
import type { PreparedMessage } from './prepareMessages';

/** How replays of what was erased are told from new messages. */
export interface ReplayRule extends TombstoneKey {
  /** Whether a customer who was erased may come back with new messages. */
  readonly mayReturn: boolean;
}

interface KeptOfBatch<Kept> {
  readonly kept: readonly Kept[];
  /** How many stayed erased, by erasure. */
  readonly replays: ReadonlyMap<string, number>;
}

/** What of a message decides whether it stays erased. */
interface Told {
  /** When it happened; where it says no time, when it was received. */
  readonly occurredAtMs: number;
  readonly receivedAtMs: number;
  readonly identifiers: readonly Buffer[];
  /** Its own. */
  readonly message: Buffer | null;
}

interface BatchWithoutErased {
  readonly messages: readonly PreparedMessage[];
  readonly deadLetters: readonly DeadLetter[];
  /** How many stayed erased, by erasure. */
  readonly replays: ReadonlyMap<string, number>;
}

const NO_REPLAYS: ReadonlyMap<string, number> = new Map();

/** What was erased and comes again is neither processed nor kept as refused; it is counted with its erasure. */
export async function withoutErased(
  reader: ClientBase,
  workspaceId: number,
  { replays: rule, defaultCountry }: { readonly replays: ReplayRule | null; readonly defaultCountry: string },
  { messages, deadLetters }: Pick<BatchWithoutErased, 'messages' | 'deadLetters'>,
): Promise<BatchWithoutErased> {
  if (rule === null) return { messages, deadLetters, replays: NO_REPLAYS };
  const asked = await withoutReplays(reader, workspaceId, rule, messages);
  const letters = await withoutErasedLetters(reader, workspaceId, { ...rule, defaultCountry }, deadLetters);
  return { messages: asked.kept, deadLetters: letters.kept, replays: addReplays(asked.replays, letters.replays) };
}

/**
 * The messages without those that stay erased: one that names an erased identifier and happened, or was received, up to the erasure; and the very message
 * that was erased, whenever it comes again. Others name somebody who came back, unless nobody may. What is younger than all erasures and says its own time
 * costs nothing; of webhooks it is not known whether the vendor said it.
 */
function withoutReplays(
  reader: ClientBase,
  workspaceId: number,
  rule: ReplayRule,
  messages: readonly PreparedMessage[],
): Promise<KeptOfBatch<PreparedMessage>> {
  const { key } = rule;
  const told = messages.map(({ message, observation, interaction, delivery }): Told | null => {
    const { occurredAtMs, receivedAtMs } = message;
    const saysTime = delivery === null && occurredAtMs !== receivedAtMs;
    if (rule.mayReturn && saysTime && occurredAtMs > rule.latestMs) return null;
    const identifiers = observation.identifiers.map((identifier) => identifierTombstone(key, identifier));
    return { occurredAtMs, receivedAtMs, identifiers, message: messageTombstone(key, interaction.interactionId) };
  });
  return without(reader, workspaceId, rule, { all: messages, told });
}

/** The same for what was refused, read loosely, as it has no form to go by. */
function withoutErasedLetters(
  reader: ClientBase,
  workspaceId: number,
  rule: ReplayRule & { readonly defaultCountry: string },
  letters: readonly DeadLetter[],
): Promise<KeptOfBatch<DeadLetter>> {
  const told = letters.map((letter): Told => {
    const json = parseJsonExactly(letter.message) as Json;
    const identifiers: Buffer[] = [];
    forEachMentioned(json, rule.defaultCountry, (identifier) => identifiers.push(identifierTombstone(rule.key, identifier)));
    return { occurredAtMs: timeSaid(json) ?? letter.atMs, receivedAtMs: letter.atMs, identifiers, message: null };
  });
  return without(reader, workspaceId, rule, { all: letters, told });
}

function timeSaid(json: Json): number | null {
  const said = isJsonObject(json) ? (json['timestamp'] ?? json['originalTimestamp'] ?? json['receivedAtMs']) : null;
  const atMs = typeof said === 'number' ? said : typeof said === 'string' ? parseTimestamp(said) : Number.NaN;
  return Number.isFinite(atMs) ? atMs : null;
}

async function without<Kept>(
  reader: ClientBase,
  workspaceId: number,
  rule: ReplayRule,
  { all, told }: { readonly all: readonly Kept[]; readonly told: readonly (Told | null)[] },
): Promise<KeptOfBatch<Kept>> {
  const hashes = told.flatMap((each) => (each === null ? [] : [...each.identifiers, ...(each.message ? [each.message] : [])]));
  const found = hashes.length === 0 ? new Map<string, Tombstone>() : await findTombstones(reader, workspaceId, hashes);
  if (found.size === 0) return { kept: all, replays: new Map() };
  const replays = new Map<string, number>();
  const kept = all.filter((_, index) => {
    const each = told[index];
    const erasureId = each ? erasureOf(each, found, rule) : null;
    if (erasureId !== null) replays.set(erasureId, (replays.get(erasureId) ?? 0) + 1);
    return erasureId === null;
  });
  return { kept, replays };
}

/** Null where it is none's. */
function erasureOf(
  { occurredAtMs, receivedAtMs, identifiers, message }: Told,
  found: ReadonlyMap<string, Tombstone>,
  rule: ReplayRule,
): string | null {
  const itself = message && found.get(message.toString('hex'));
  if (itself) return itself.erasureId;
  for (const hash of identifiers) {
    const tombstone = found.get(hash.toString('hex'));
    if (tombstone && (!rule.mayReturn || Math.min(occurredAtMs, receivedAtMs) <= tombstone.erasedAtMs)) return tombstone.erasureId;
  }
  return null;
}

function addReplays(one: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  if (other.size === 0) return one;
  const sum = new Map(one);
  for (const [erasureId, count] of other) sum.set(erasureId, (sum.get(erasureId) ?? 0) + count);
  return sum;
}
