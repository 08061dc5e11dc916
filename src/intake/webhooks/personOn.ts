import type { Json, JsonObject } from '../../kernel/json';
import { known } from './payloadFields';

/** Whom an event is about, in the vendor's words. */
export interface PersonOn {
  /** Identifier types and values; a value that isn't there is left out. */
  readonly ids: readonly (readonly [type: string, id: string | null])[];
  readonly email?: string | null;
  readonly phone?: string | null;
}

/** The context of a message about this person. `more` goes in as it is. */
export function contextOf({ ids, email, phone }: PersonOn, more: JsonObject = {}): JsonObject {
  const externalIds: Json[] = [];
  for (const [type, id] of ids) if (id !== null) externalIds.push({ type, id });
  const traits = known({ email, phone });
  return {
    ...more,
    ...(externalIds.length > 0 ? { externalIds } : {}),
    ...(Object.keys(traits).length > 0 ? { traits } : {}),
  };
}
