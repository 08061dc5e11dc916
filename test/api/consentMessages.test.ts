import { consentMessages } from '../../src/api/consentMessages';
import type { ConsentRecord } from '../../src/api/ports/privacyDesk';
import type { MemberRecord } from '../../src/api/ports/profileReader';
import { identifiersOf } from '../../src/identity/identifiersOf';
import { identityRulesFromJson } from '../../src/identity/rules';
import { checkMessage } from '../../src/intake/checkMessage';
import { MessageRefusal } from '../../src/intake/messageRefusal';

const rules = identityRulesFromJson(undefined);
const SAID = { purpose: 'email', granted: false, atMs: Date.UTC(2026, 0, 31) };
const ENVELOPE = {
  sourceId: 1,
  receivedAtMs: Date.UTC(2026, 1, 1),
  call: null,
  sentAtMs: Number.NaN,
  context: null,
  idPrefix: 'x',
  isVendors: false,
};

const member = (type: string, value: string) => ({ identifierId: `${type} ${value}`, type, value }) as MemberRecord;
const spoken = ({ identifierId }: MemberRecord) => ({ identifierId, purpose: 'email' }) as ConsentRecord;

/** Whom each message is about, as the worker would find. */
function told(members: readonly MemberRecord[]) {
  const messages = consentMessages({ members, consents: members.map(spoken), rules }, SAID, () => 'm');
  return messages.map((value, index) => {
    const message = checkMessage({ value, weight: 1, index }, ENVELOPE);
    return message instanceof MessageRefusal ? message.code : identifiersOf(message, { rules, defaultCountry: 'DE' }).identifiers;
  });
}

it.each([
  ['user_id', 'ada-1'],
  ['anonymous_id', 'visitor-1'],
  ['email', 'ada@example.com'],
  ['phone', '+4930901820'],
  ['zendesk.user_id', '77'],
  ['device_id', 'D-1'],
])('is a message that the door takes, about the %s and nothing else', (type, value) => {
  expect(told([member(type, value)])).toEqual([[expect.objectContaining({ type, value })]]);
});

it('is one message for each identifier that has spoken of the purpose', () => {
  const members = [member('user_id', 'ada-1'), member('email', 'ada@example.com')];
  expect(told(members).map((identifiers) => identifiers.length)).toEqual([1, 1]);
});
