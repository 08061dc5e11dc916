import { identifierText } from './identifierText';
import { normaliseEmail } from './normaliseEmail';
import { normalisePhone } from './normalisePhone';

/** One spelling of an identifier's value, the same at ingestion and when somebody looks for it; null where it is no identifier. */
export function normaliseIdentifier(type: string, value: string, defaultCountry: string): string | null {
  if (type === 'email') return normaliseEmail(value);
  if (type === 'phone') return normalisePhone(value, defaultCountry);
  return identifierText(value);
}
