import type { JsonObject } from '../../../kernel/json';
import { contextOf } from '../personOn';
import { UnreadablePayload } from '../webhookVendor';

/** The customer's end of a message or a call. */
export interface Party {
  readonly channel: 'sms' | 'whatsapp' | 'messenger';
  readonly context: JsonObject;
}

const PHONE = /^\+?[0-9]{3,15}$/;

/** `+4420…`, `whatsapp:+4420…` or `messenger:1234`; throws UnreadablePayload for what names nobody, such as an anonymous caller. */
export function partyOf(address: string | null): Party {
  const [, scheme = '', name = ''] = /^(?:(whatsapp|messenger):)?(.+)$/i.exec(address ?? '') ?? [];
  if (scheme.toLowerCase() === 'messenger') {
    return { channel: 'messenger', context: contextOf({ ids: [['messenger.user_id', name]] }) };
  }
  if (!PHONE.test(name)) throw new UnreadablePayload(`The customer's number is not given: ${JSON.stringify(address)}.`);
  return { channel: scheme === '' ? 'sms' : 'whatsapp', context: contextOf({ phone: name }) };
}
