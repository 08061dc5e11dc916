import type { Socket } from 'node:net';
import { clientAddress } from '../../src/http/clientAddress';

const addressOf = (remoteAddress: string, forwarded?: string, trustedProxies = 0) =>
  clientAddress(
    { headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }, socket: { remoteAddress } as Socket },
    trustedProxies,
  );

it('believes nobody but the connection where no proxy is trusted', () => {
  expect(addressOf('192.0.2.1')).toBe('192.0.2.1');
  expect(addressOf('192.0.2.1', '10.0.0.1')).toBe('192.0.2.1');
});

it('believes as many proxies as are trusted, and nothing of what the client itself said', () => {
  expect(addressOf('10.0.0.9', '6.6.6.6, 192.0.2.7', 1)).toBe('192.0.2.7');
  expect(addressOf('10.0.0.9', '6.6.6.6, 192.0.2.7, 10.0.0.8', 2)).toBe('192.0.2.7');
  expect(addressOf('10.0.0.9', undefined, 2)).toBe('10.0.0.9');
});

it('takes a network of IPv6 for one client, and IPv4 within IPv6 for IPv4', () => {
  expect(addressOf('2001:db8:1:2:aaaa::1')).toBe('2001:db8:1:2::/64');
  expect(addressOf('2001:db8:1:2::ffff')).toBe('2001:db8:1:2::/64');
  expect(addressOf('2001:0db8::1')).toBe('2001:db8:0:0::/64');
  expect(addressOf('::1')).toBe('0:0:0:0::/64');
  expect(addressOf('::ffff:192.0.2.1')).toBe('192.0.2.1');
});
