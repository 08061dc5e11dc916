import { isJsonObject, type Json, type JsonObject } from './json';
import { Refusal } from './refusals';
import { INTERACTION_KINDS, type InteractionKind } from './vocabulary';

/** How long a workspace keeps what, and whether who was erased may come back. */
export interface PrivacySettings {
  /** Days after they happened that interactions of a kind are kept; kinds that are not here are kept for good. */
  readonly retentionDays: ReadonlyMap<InteractionKind, number>;
  /** Days that dead letters are kept; null: until somebody retries them. */
  readonly deadLetterDays: number | null;
  /** Whether new messages of a customer who was erased make a new profile; else they stay erased, too. */
  readonly erasedMayReturn: boolean;
}

export const MAX_RETENTION_DAYS = 36_500;
const MEMBERS = ['retentionDays', 'deadLetterDays', 'erasedMayReturn'];

/** As stored, and as clients give and get them; what is stored was checked by `checkPrivacySettings`. */
export function privacySettingsFromJson(stored: Json | undefined): PrivacySettings {
  const { retentionDays, deadLetterDays, erasedMayReturn } = isJsonObject(stored) ? stored : {};
  const kept = isJsonObject(retentionDays) ? Object.entries(retentionDays) : [];
  return {
    retentionDays: new Map(kept.filter((entry): entry is [InteractionKind, number] => typeof entry[1] === 'number')),
    deadLetterDays: typeof deadLetterDays === 'number' ? deadLetterDays : null,
    erasedMayReturn: erasedMayReturn !== false,
  };
}

export function privacySettingsJson({ retentionDays, deadLetterDays, erasedMayReturn }: PrivacySettings): JsonObject {
  return { retentionDays: Object.fromEntries(retentionDays), deadLetterDays, erasedMayReturn };
}

/** Refuses with INVALID_INPUT, naming the member at fault. */
export function checkPrivacySettings(settings: JsonObject): void {
  const { retentionDays = {}, deadLetterDays = null, erasedMayReturn = true } = settings;
  const strange = Object.keys(settings).find((name) => !MEMBERS.includes(name));
  if (strange !== undefined) throw fault(`settings has ${JSON.stringify(strange.slice(0, 80))}, which is none of ${MEMBERS.join(', ')}.`);
  if (!isJsonObject(retentionDays)) throw fault('retentionDays must be an object of kinds of interactions with days.');
  for (const [kind, days] of Object.entries(retentionDays)) {
    if (!INTERACTION_KINDS.includes(kind as InteractionKind))
      throw fault(`retentionDays names ${JSON.stringify(kind.slice(0, 80))}, which is no kind.`);
    checkDays(`retentionDays.${kind}`, days);
  }
  if (deadLetterDays !== null) checkDays('deadLetterDays', deadLetterDays);
  if (typeof erasedMayReturn !== 'boolean') throw fault('erasedMayReturn must be true or false.');
}

function checkDays(name: string, days: Json | undefined): void {
  if (typeof days === 'number' && Number.isInteger(days) && days >= 1 && days <= MAX_RETENTION_DAYS) return;
  throw fault(`${name} must be a whole number of days from 1 to ${MAX_RETENTION_DAYS}.`);
}

function fault(reason: string): Refusal {
  return new Refusal('INVALID_INPUT', reason);
}
