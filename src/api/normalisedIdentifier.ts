import { normaliseIdentifier } from '../identity/normaliseIdentifier';
import type { ObservedIdentifier } from '../identity/observation';
import { Refusal } from '../kernel/refusals';
import type { IdentifierInput } from './inputs/IdentifierInput';
import type { RequestContext } from './requestContext';

const MAX_TYPE_CHARACTERS = 100;
const MAX_VALUE_CHARACTERS = 1_000;

/** As it is stored, or null where nothing could be stored like that. Refuses with INVALID_INPUT what is too long. */
export function normalisedIdentifier(context: RequestContext, { type, value }: IdentifierInput): ObservedIdentifier | null {
  if (type.length > MAX_TYPE_CHARACTERS || value.length > MAX_VALUE_CHARACTERS) {
    throw new Refusal(
      'INVALID_INPUT',
      `An identifier's type has at most ${MAX_TYPE_CHARACTERS} and its value at most ${MAX_VALUE_CHARACTERS} characters.`,
    );
  }
  const normalised = normaliseIdentifier(type, value, context.settings.defaultCountry);
  return normalised === null ? null : { type, value: normalised };
}
