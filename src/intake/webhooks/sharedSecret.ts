import { isSameText } from './signature';
import type { WebhookDelivery } from './webhookVendor';

/**
 * Whether a delivery of a vendor that signs nothing carries the secret: as the password (or the user name) of Basic authorization, as a Bearer
 * token, in the header x-webhook-secret, or as `secret` in the address. Each place is compared in constant time.
 */
export function carriesSecret({ headers, url }: WebhookDelivery, secret: string): boolean {
  const [, scheme = '', token = ''] = /^\s*(\w+)\s+(\S+)\s*$/.exec(headers['authorization'] ?? '') ?? [];
  const basic = /^basic$/i.test(scheme) ? Buffer.from(token, 'base64').toString('utf8').split(':') : [];
  const bearer = /^bearer$/i.test(scheme) ? [token] : [];
  const candidates = [basic.slice(1).join(':'), basic[0], ...bearer, headers['x-webhook-secret'], secretInAddress(url)];
  return candidates.some((given) => given !== undefined && given !== '' && isSameText(given, secret));
}

function secretInAddress(url: string): string | undefined {
  return URL.canParse(url) ? (new URL(url).searchParams.get('secret') ?? undefined) : undefined;
}
