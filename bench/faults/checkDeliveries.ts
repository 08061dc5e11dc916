import { publicId } from '../../src/kernel/ids';
import { type Compared, compareMaps, compareSets } from './comparison';
import type { StoredChange, StoredWorld } from './storedWorld';
import type { Receipt } from './webhookReceiver';

/** Everything that was noted as changed was delivered, in its customer's order; and nothing else was. */
export function checkDeliveries(stored: StoredWorld, receipts: readonly Receipt[]): Compared[] {
  const told = new Map(stored.changes.map((change) => [publicId('Change', change.change_id), change]));
  const taken = receipts.filter(({ isTaken }) => isTaken).map(({ webhookId }) => webhookId);
  const absorbed = new Set(stored.merges.flatMap(({ absorbed_id, survivor_id }) => [absorbed_id, survivor_id]));
  const invented = receipts.filter((receipt) => !tellsOf(receipt, told.get(receipt.webhookId), absorbed));
  return [
    compareSets('changes delivered', told.keys(), new Set(taken.filter((id) => told.has(id)))),
    { what: 'deliveries of what there was', compared: receipts.length, differences: invented.map((receipt) => JSON.stringify(receipt)) },
    {
      what: 'signatures',
      compared: receipts.length,
      differences: receipts.filter(({ isSigned }) => !isSigned).map(({ webhookId }) => webhookId),
    },
    compareMaps('orders of deliveries, by customer', happenedIn(stored.changes), arrivedIn(stored.changes, receipts)),
    checkTurns(stored, absorbed),
  ];
}

/** Of a customer that was merged, or parted, it may tell under another id. */
function tellsOf(receipt: Receipt, change: StoredChange | undefined, absorbed: ReadonlySet<string>): boolean {
  if (!change || change.type !== receipt.type) return false;
  if (receipt.segmentId !== null && receipt.segmentId !== publicId('Segment', String(change.segment_id))) return false;
  return receipt.profileId === publicId('Profile', change.profile_id) || absorbed.has(change.profile_id);
}

function happenedIn(changes: readonly StoredChange[]): ReadonlyMap<string, readonly string[]> {
  return grouped(changes.map(({ profile_id, change_id }) => [profile_id, publicId('Change', change_id)]));
}

/** By when each arrived first. */
function arrivedIn(changes: readonly StoredChange[], receipts: readonly Receipt[]): ReadonlyMap<string, readonly string[]> {
  const customers = new Map(changes.map(({ profile_id, change_id }) => [publicId('Change', change_id), profile_id]));
  const firsts = [...new Set(receipts.map(({ webhookId }) => webhookId))].filter((id) => customers.has(id));
  return grouped(firsts.map((id) => [customers.get(id) as string, id]));
}

/**
 * Who was never merged enters and leaves a segment by turns, entering first, and is in where that was told last. Of segments that people changed not all is
 * told.
 */
function checkTurns({ changes, segments, memberships }: StoredWorld, absorbed: ReadonlySet<string>): Compared {
  const steady = new Set(segments.filter(({ is_changed }) => !is_changed).map(({ segment_id }) => segment_id));
  const isIn = new Set(memberships.map(({ segment_id, profile_id }) => `${segment_id} ${profile_id}`));
  const turns = grouped(
    changes
      .filter(({ segment_id, profile_id }) => segment_id !== null && steady.has(segment_id) && !absorbed.has(profile_id))
      .map(({ segment_id, profile_id, type }) => [`${segment_id} ${profile_id}`, type]),
  );
  const differences = [...turns].filter(([place, types]) => {
    const isByTurns = types.every((type, n) => type === (n % 2 === 0 ? 'segment.entered' : 'segment.left'));
    return !isByTurns || (types.at(-1) === 'segment.entered') !== isIn.has(place);
  });
  return {
    what: 'entering and leaving by turns',
    compared: turns.size,
    differences: differences.map((turn) =>
      JSON.stringify([
        turn,
        changes
          .filter(({ profile_id }) => turn[0].endsWith(profile_id))
          .map(({ type }) => type)
          .join(),
      ]),
    ),
  };
}

function grouped(pairs: readonly (readonly [string, string])[]): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const [key, value] of pairs) {
    const group = groups.get(key);
    if (group) group.push(value);
    else groups.set(key, [value]);
  }
  return groups;
}
