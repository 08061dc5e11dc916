import { isJsonObject, type Json, type JsonObject } from '../kernel/json';
import { Refusal } from '../kernel/refusals';

/** From which probability on two profiles are proposed to people as one customer, and from which on they are joined without asking. */
export interface MatchSettings {
  /** Null: profiles are not compared at all. */
  readonly reviewFrom: number | null;
  /** Null: nothing is joined without a person. */
  readonly joinFrom: number | null;
}

export const NO_MATCHING: MatchSettings = { reviewFrom: null, joinFrom: null };

const LEAST_REVIEW = 0.5;
const LEAST_JOIN = 0.9;

/** As stored: `{"review": 0.8, "join": null}`; what is stored was checked by `checkedMatchSettings`. */
export function matchSettingsFromJson(stored: Json | undefined): MatchSettings {
  if (!isJsonObject(stored)) return NO_MATCHING;
  const { review, join } = stored;
  const reviewFrom = typeof review === 'number' ? review : null;
  return { reviewFrom, joinFrom: reviewFrom !== null && typeof join === 'number' ? join : null };
}

export function matchSettingsJson({ reviewFrom, joinFrom }: MatchSettings): JsonObject {
  return { review: reviewFrom, join: joinFrom };
}

/** Refuses with INVALID_INPUT. */
export function checkedMatchSettings({ reviewFrom, joinFrom }: MatchSettings): MatchSettings {
  if (reviewFrom !== null && !(reviewFrom >= LEAST_REVIEW && reviewFrom <= 1)) {
    throw new Refusal('INVALID_INPUT', `reviewFrom must be a probability from ${LEAST_REVIEW} to 1, or null.`);
  }
  if (joinFrom === null) return { reviewFrom, joinFrom };
  if (reviewFrom === null || !(joinFrom >= Math.max(reviewFrom, LEAST_JOIN) && joinFrom <= 1)) {
    throw new Refusal('INVALID_INPUT', `joinFrom must be a probability from ${LEAST_JOIN} to 1 and not below reviewFrom, or null.`);
  }
  return { reviewFrom, joinFrom };
}
