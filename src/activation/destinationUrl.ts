import { isIP } from 'node:net';
import { isPublicAddress } from './publicAddress';

const MAX_URL_CHARACTERS = 2_000;

/** The host of a URL as a resolver or a socket takes it: IPv6 without its brackets. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}

/**
 * Why nothing may be sent to a URL, or null where it may as far as its text says; what its name resolves to is looked at when it is connected to.
 * `allowPrivate`: also plain http, and addresses that are not public.
 */
export function faultOfUrl(text: string, allowPrivate: boolean): string | null {
  if (text.length > MAX_URL_CHARACTERS) return `url has at most ${MAX_URL_CHARACTERS} characters`;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null) return 'url must look like https://example.com/hooks';
  if (url.protocol !== 'https:' && !(allowPrivate && url.protocol === 'http:')) return 'url must begin with https://';
  if (url.username !== '' || url.password !== '') return 'url must hold no user name and no password';
  if (allowPrivate) return null;
  return isOutside(hostOf(url)) ? null : 'url must lead to a public address';
}

/** Numbers in whatever notation are dotted by then: URL writes 0x7f.1 as 127.0.0.1. */
function isOutside(host: string): boolean {
  if (isIP(host) !== 0) return isPublicAddress(host);
  const name = host.toLowerCase().replace(/\.$/, '');
  return name.includes('.') && !/(^|\.)(localhost|local|internal|home\.arpa)$/.test(name);
}
