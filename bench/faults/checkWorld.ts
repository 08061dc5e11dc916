import { checkDeeds } from './checkDeeds';
import { checkDeliveries } from './checkDeliveries';
import { checkAccounts, checkIds, checkShown } from './checkShown';
import { checkLinks, checkMemberships, checkMessages, checkProfiles } from './checkStored';
import type { Compared } from './comparison';
import { type PlainIdentifier, type PlainMessage, plainCustomers } from './plainCustomers';
import { readPlainly } from './readPlainly';
import type { Witness } from './witness';

/** Works out everything anew from the accepted messages and what people decided, and compares it with what is stored, shown and delivered. */
export function checkWorld(witness: Witness): Compared[] {
  const { stored } = witness;
  const messages = plainMessages(witness);
  const customers = plainCustomers(messages, stored.decisions, witness.rules);
  return [
    ...checkMessages(witness, messages),
    checkLinks(witness, messages),
    ...checkProfiles(witness, customers),
    ...checkShown(witness, customers),
    checkAccounts(witness, messages),
    ...checkIds(witness),
    ...checkMemberships(witness, customers),
    ...checkDeliveries(stored, witness.receipts),
    ...checkDeeds(witness),
    { what: 'processes that no bug ended', compared: 1, differences: witness.bugs },
  ];
}

/** Those that were sent, at the time that they are stored with; and what the API itself wrote down of consents. */
function plainMessages({ accepted, stored }: Witness): PlainMessage[] {
  const sent = new Map(accepted.map((each) => [each.message.messageId, each.message]));
  const storedAt = new Map(stored.interactions.map(({ message_id, at_ms }) => [message_id, at_ms]));
  const own = stored.interactions.filter(({ message_id, name }) => !sent.has(message_id) && name === 'Consent Changed');
  return [
    ...[...sent.values()].map((message) => readPlainly(message, storedAt.get(message.messageId) ?? Number.NaN)),
    ...own.map(({ message_id, at_ms, name, properties, owner }) => ({
      messageId: message_id,
      atMs: at_ms,
      name,
      properties: properties ?? {},
      traits: {},
      account: null,
      identifiers: [identifierOf(owner)],
      isAlias: false,
    })),
  ];
}

function identifierOf(name: string): PlainIdentifier {
  const [type, ...value] = name.split(':');
  return { type: type as PlainIdentifier['type'], value: value.join(':') };
}
