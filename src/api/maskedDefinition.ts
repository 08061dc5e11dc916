import { isJsonObject, type Json, type JsonObject } from '../kernel/json';
import { isPersonalKey } from '../profile/personalKeys';
import { maskField, maskText } from './masking';

/** What a condition compares. */
const COMPARED = ['trait', 'property', 'account'];

/** A definition without what it says of people: values compared with personal traits and properties, and addresses and numbers in any text. */
export function maskedDefinition(definition: JsonObject): JsonObject {
  const isPersonal = COMPARED.some((name) => {
    const path = Object.hasOwn(definition, name) ? definition[name] : null;
    return typeof path === 'string' && path.split('.').some(isPersonalKey);
  });
  const masked: Record<string, Json | undefined> = Object.create(null);
  for (const [key, value] of Object.entries(definition)) {
    masked[maskText(key)] = value !== undefined && isPersonal && key === 'value' ? maskField('name', value) : value && maskedPart(value);
  }
  return masked;
}

function maskedPart(json: Json): Json {
  if (typeof json === 'string') return maskText(json);
  if (Array.isArray(json)) return json.map(maskedPart);
  return isJsonObject(json) ? maskedDefinition(json) : json;
}
