import type { IdentityChanges } from '../../identity/identityStore';
import { isFactKind } from '../../measures/factKinds';
import { DEVICE_TYPES } from '../../measures/knownSince';
import type { PreparedMessage } from './prepareMessages';

/** The profile that an identifier is on. */
type ProfileIdOf = (identifierId: bigint) => string | undefined;

/**
 * The profiles that have facts among these messages, or were known by name earlier than was thought: both change what is told of them. `owners`: the
 * identifier that each message's interaction belongs to, in order.
 */
export function toldOfIn(
  messages: readonly PreparedMessage[],
  { owners, identifiers }: Pick<IdentityChanges, 'owners' | 'identifiers'>,
  profileIdOf: ProfileIdOf,
): string[] {
  const told = new Set<bigint>();
  const firstAtMs = new Map<bigint, number>();
  for (const [index, { interaction }] of messages.entries()) {
    const owner = owners[index] as bigint;
    if (isFactKind(interaction.facts.kind)) told.add(owner);
    else firstAtMs.set(owner, Math.min(firstAtMs.get(owner) ?? Number.POSITIVE_INFINITY, interaction.occurredAtMs));
  }
  for (const { identifierId, type, isNew, firstSeenAtMs } of identifiers) {
    if (!isNew && firstAtMs.get(identifierId) === firstSeenAtMs && !DEVICE_TYPES.includes(type)) told.add(identifierId);
  }
  return [...told].flatMap((identifierId) => profileIdOf(identifierId) ?? []);
}

/**
 * The profiles of which something else is to be told after this: `told`, and those that hold other identifiers, retired ones among them. A new
 * profile of new identifiers has no facts but those told now.
 */
export function experienceDueOf({ identifiers, profiles }: IdentityChanges, told: readonly string[]): string[] {
  const due = new Set(told);
  const founded = new Set<string>();
  for (const { profileId, isNew } of profiles) (isNew ? founded : due).add(profileId);
  for (const { profileId, isNew } of identifiers) if (!isNew && founded.has(profileId)) due.add(profileId);
  return [...due];
}
