import { faultOfUrl } from '../../src/activation/destinationUrl';
import { isPublicAddress } from '../../src/activation/publicAddress';

it.each([
  '0.0.0.0',
  '0.1.2.3',
  '10.0.0.1',
  '10.255.255.255',
  '100.64.0.1',
  '100.127.255.255',
  '127.0.0.1',
  '127.255.255.254',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.1',
  '192.0.2.1',
  '192.88.99.1',
  '192.168.0.1',
  '198.18.0.1',
  '198.19.255.255',
  '198.51.100.1',
  '203.0.113.1',
  '224.0.0.1',
  '239.255.255.255',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:8.8.8.8',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '::7f00:1',
  '::ffff:0:8.8.8.8',
  '64:ff9b::808:808',
  '64:ff9b:1::1',
  '100::1',
  '2001::1',
  '2001:db8::1',
  '2002:7f00:1::',
  '3fff::1',
  '5f00::1',
  'fc00::1',
  'fd12:3456::1',
  'fe80::1',
  'fe80::1%eth0',
  'fec0::1',
  'ff02::1',
  '',
  'localhost',
  '8.8.8',
  '8.8.8.8.8',
])('takes %p for no public address', (address) => {
  expect(isPublicAddress(address)).toBe(false);
});

it.each([
  '1.1.1.1',
  '8.8.8.8',
  '100.63.255.255',
  '100.128.0.1',
  '172.15.0.1',
  '172.32.0.1',
  '192.0.1.1',
  '223.255.255.255',
  '2606:4700::1111',
  '2a00:1450:4001::1',
])('takes %p for a public address', (address) => {
  expect(isPublicAddress(address)).toBe(true);
});

it.each([
  'http://example.com/',
  'ftp://example.com/',
  'example.com',
  '',
  'https://',
  'https://ada:secret@example.com/',
  'https://ada@example.com/',
  'https://localhost/',
  'https://api.localhost/',
  'https://intranet/',
  'https://db.internal/',
  'https://printer.local./',
  'https://127.0.0.1/',
  'https://2130706433/',
  'https://0x7f.1/',
  'https://0177.0.0.1/',
  'https://127.1/',
  'https://①②⑦.⓪.⓪.①/',
  'https://[::1]/',
  'https://[::ffff:127.0.0.1]/',
  'https://[fe80::1]/',
  'https://169.254.169.254/latest/meta-data',
  `https://example.com/${'x'.repeat(2_000)}`,
])('sends nothing to %p', (url) => {
  expect(faultOfUrl(url, false)).toEqual(expect.any(String));
});

it.each([
  'https://example.com/hooks',
  'https://example.com:8443/?a=b',
  'https://bücher.example/',
  'https://1.1.1.1/',
  'https://[2606:4700::1111]:444/',
])('has nothing against %p', (url) => {
  expect(faultOfUrl(url, false)).toBeNull();
});

it('takes private addresses and plain http where configuration allows them, and no other scheme and no password', () => {
  expect(['http://127.0.0.1:1/', 'http://localhost/', 'https://[::1]/'].map((url) => faultOfUrl(url, true))).toEqual([null, null, null]);
  expect(['ftp://127.0.0.1/', 'http://a:b@127.0.0.1/'].map((url) => faultOfUrl(url, true))).toEqual([
    expect.any(String),
    expect.any(String),
  ]);
});
