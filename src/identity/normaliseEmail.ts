import { domainToASCII, domainToUnicode } from 'node:url';
import { identifierText } from './identifierText';
import { remembering } from './remembering';

/** RFC 5321, 4.5.3.1: a path has at most 256 octets, two of them its angle brackets. */
const MAX_EMAIL_LENGTH = 254;
const MAX_LOCAL_LENGTH = 64;

/** As browsers check `<input type=email>` (WHATWG HTML, 4.10.5.1.5), and letters beyond ASCII as RFC 6531 allows them. */
const LOCAL_PART = /^[\w.!#$%&'*+/=?^`{|}~\-\u0080-\u{10ffff}]+$/u;
const DOMAIN_LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const NON_ASCII = /[^\0-\x7f]/;
const SPACE_OR_CONTROL = /[\s\p{Cc}\p{Cf}]/u;
/** What East Asian keyboards type for ASCII; folding only these keeps names apart that NFKC would make one. */
const FULL_WIDTH = /[\uff01-\uff5e]/g;

/**
 * One spelling of an e-mail address: lower case, the local part in form C, the domain as UTS 46 maps it, shown in its own letters
 * (`xn--` resolved). Null where it is no address. Dots and plus tags stay: only the mailbox's host knows what they mean.
 */
export const normaliseEmail: (value: string) => string | null = remembering(parseEmail, 20_000);

function parseEmail(value: string): string | null {
  const text = identifierText(value)?.replace(FULL_WIDTH, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));
  if (text === undefined) return null;
  const at = text.lastIndexOf('@');
  if (at < 1) return null;
  const local = lowerCase(text.slice(0, at));
  if (local.length > MAX_LOCAL_LENGTH || !LOCAL_PART.test(local) || SPACE_OR_CONTROL.test(local)) return null;
  const domain = normaliseDomain(lowerCase(text.slice(at + 1)));
  if (domain === null || local.length + domain.length >= MAX_EMAIL_LENGTH) return null;
  return `${local}@${domain}`;
}

/** Lowering a letter can take a text out of form C, and composing can make a letter that has a lower case of its own. */
function lowerCase(text: string): string {
  const lowered = text.toLowerCase();
  return NON_ASCII.test(lowered) ? lowered.normalize('NFC').toLowerCase().normalize('NFC') : lowered;
}

function normaliseDomain(domain: string): string | null {
  const international = NON_ASCII.test(domain) || domain.includes('xn--');
  const ascii = international ? domainToASCII(domain) : domain;
  if (!ascii.split('.').every((label) => DOMAIN_LABEL.test(label))) return null;
  return international ? domainToUnicode(ascii) : ascii;
}
