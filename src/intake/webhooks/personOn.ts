import type { JsonObject } from '../../kernel/json';
import { known } from './payload';

/** An identifier's type, such as zendesk.user_id, and its value, which may not be there. */
export type NamedId = readonly [type: string, id: string | null];

/** Whom an event is about, in the vendor's words. */
export interface PersonOn {
  /** Those without a value are left out. */
  readonly ids?: readonly NamedId[];
  readonly email?: string | null;
  readonly phone?: string | null;
  readonly name?: string | null;
  readonly timezone?: string | null;
}

/** The context of a message about this person. `more` goes in as it is. */
export function contextOf({ ids = [], ...person }: PersonOn, more: JsonObject = {}): JsonObject {
  const externalIds = ids.flatMap(([type, id]) => (id === null ? [] : [{ type, id }]));
  const traits = known(person);
  return {
    ...more,
    ...(externalIds.length > 0 ? { externalIds } : {}),
    ...(Object.keys(traits).length > 0 ? { traits } : {}),
  };
}
