import type { IncomingMessage } from 'node:http';

/**
 * From where a request comes, as far as whoever said so can be believed: each proxy in front of the server adds whom it heard from to X-Forwarded-For. What
 * stands further to the left there is the client's own word. Of IPv6 the network, since a client has all of one.
 */
export function clientAddress({ headers, socket }: Pick<IncomingMessage, 'headers' | 'socket'>, trustedProxies: number): string {
  const heard = [...String(headers['x-forwarded-for'] ?? '').split(','), socket.remoteAddress ?? ''].map((address) => address.trim());
  return networkOf(heard[Math.max(0, heard.length - 1 - trustedProxies)] || (socket.remoteAddress ?? ''));
}

function networkOf(address: string): string {
  if (!address.includes(':') || address.startsWith('::ffff:')) return address.replace(/^::ffff:/, '');
  const [head = '', tail] = address.split('::');
  const groups = head === '' ? [] : head.split(':');
  const rest = tail ? tail.split(':') : [];
  const all =
    tail === undefined ? groups : [...groups, ...Array.from({ length: Math.max(0, 8 - groups.length - rest.length) }, () => '0'), ...rest];
  return `${all
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}
