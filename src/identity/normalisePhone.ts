import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js';
import { identifierText } from './identifierText';
import { remembering } from './remembering';

/** Longer than any way to write a number with its extension. */
const MAX_PHONE_LENGTH = 60;

const byCountry = new Map<string, (value: string) => string | null>();

/**
 * E.164, with `;ext=` after it (RFC 3966) where the number has an extension, for a switchboard is not one person. Numbers without a country
 * code are read as dialled in `defaultCountry` (ISO 3166-1 alpha-2; an unknown one reads only numbers with a country code). Null where
 * the text is no number that could exist.
 */
export function normalisePhone(value: string, defaultCountry: string): string | null {
  const country = isSupportedCountry(defaultCountry) ? defaultCountry : '';
  let normalise = byCountry.get(country);
  if (!normalise) {
    normalise = remembering((text) => parsePhone(text, country === '' ? undefined : (country as CountryCode)), 20_000);
    byCountry.set(country, normalise);
  }
  return normalise(value);
}

function parsePhone(value: string, defaultCountry: CountryCode | undefined): string | null {
  const text = identifierText(value);
  if (text === null || text.length > MAX_PHONE_LENGTH) return null;
  const phone = parsePhoneNumberFromString(text, { defaultCountry, extract: false });
  if (!phone?.isPossible()) return null;
  return phone.ext ? `${phone.number};ext=${phone.ext}` : phone.number;
}
