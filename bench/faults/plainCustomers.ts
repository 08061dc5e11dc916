import type { PartLabel } from '../../src/identity/identityStore';
import { partition, type ReplayedLink } from '../../src/identity/replay';
import type { IdentityRules } from '../../src/identity/rules';

export interface PlainIdentifier {
  readonly type: 'user_id' | 'email' | 'anonymous_id';
  readonly value: string;
}

/** An accepted message as the protocol says that it is to be read, however slow. */
export interface PlainMessage {
  readonly messageId: string;
  readonly atMs: number;
  /** Of what happened. */
  readonly name: string;
  /** Of identify and group the traits. */
  readonly properties: Readonly<Record<string, unknown>>;
  /** Of the person. */
  readonly traits: Readonly<Record<string, string | number>>;
  /** That the person is named with, and what is said of it. */
  readonly account: { readonly externalId: string; readonly traits: Readonly<Record<string, string | number>> } | null;
  /** The strongest first: it owns the message. */
  readonly identifiers: readonly PlainIdentifier[];
  /** It says that its user ids are one. */
  readonly isAlias: boolean;
}

/** What people decided, as it is kept: identifiers that are one since, and those that are not to be one. */
export interface PlainDecisions {
  readonly joins: readonly { readonly left: PlainIdentifier; readonly right: PlainIdentifier; readonly atMs: number }[];
  /** By the name of an identifier. */
  readonly labels: ReadonlyMap<string, readonly PartLabel[]>;
}

export interface PlainCustomer {
  readonly identifiers: readonly PlainIdentifier[];
  /** Those that its identifiers own, the latest last. */
  readonly messages: readonly PlainMessage[];
  readonly traits: ReadonlyMap<string, string | number>;
  readonly consents: ReadonlyMap<string, boolean>;
  /** By their external ids. */
  readonly accounts: ReadonlySet<string>;
}

export interface PlainLink extends ReplayedLink {
  readonly name: string;
}

export function nameOf({ type, value }: { readonly type: string; readonly value: string }): string {
  return `${type}:${value}`;
}

/** Every two identifiers of one message are linked; a link knows the earliest and the latest message that had it. */
export function linksOf(messages: readonly PlainMessage[], decisions: PlainDecisions): PlainLink[] {
  const links = new Map<string, PlainLink>();
  const add = (one: PlainIdentifier, other: PlainIdentifier, seen: Partial<PlainLink>) => {
    const [left, right] = nameOf(one) < nameOf(other) ? [one, other] : [other, one];
    const name = `${nameOf(left)} ${nameOf(right)}`;
    const known = links.get(name) ?? { name, left, right, firstSeenAtMs: null, lastSeenAtMs: null, alias: false, decidedAtMs: null };
    links.set(name, {
      ...known,
      firstSeenAtMs: least(known.firstSeenAtMs, seen.firstSeenAtMs ?? null),
      lastSeenAtMs: most(known.lastSeenAtMs, seen.lastSeenAtMs ?? null),
      alias: known.alias || (seen.alias ?? false),
      decidedAtMs: least(known.decidedAtMs, seen.decidedAtMs ?? null),
    });
  };
  for (const { identifiers, atMs, isAlias } of messages) {
    for (const [index, one] of identifiers.entries()) {
      for (const other of identifiers.slice(index + 1)) add(one, other, { firstSeenAtMs: atMs, lastSeenAtMs: atMs, alias: isAlias });
    }
  }
  for (const { left, right, atMs } of decisions.joins) add(left, right, { decidedAtMs: atMs });
  return [...links.values()];
}

/** Who is who by the rule itself, and what their messages come to, one after the other. */
export function plainCustomers(messages: readonly PlainMessage[], decisions: PlainDecisions, rules: IdentityRules): PlainCustomer[] {
  const known = new Map(messages.flatMap(({ identifiers }) => identifiers.map((each) => [nameOf(each), each] as const)));
  const identifiers = [...known].map(([name, each]) => ({ ...each, labels: decisions.labels.get(name) ?? [] }));
  const groups = partition(linksOf(messages, decisions), identifiers, rules);
  const ordered = inOrder(messages);
  return groups.map((group) => {
    const members = group.map(({ type, value }) => ({ type, value }) as PlainIdentifier);
    const names = new Set(members.map(nameOf));
    return customerOf(
      members,
      ordered.filter((message) => names.has(nameOf(message.identifiers[0] as PlainIdentifier))),
    );
  });
}

/** `messages` in order: the last word on a trait counts. Of a consent the last word of each identifier does, and a refusal outweighs. */
function customerOf(identifiers: readonly PlainIdentifier[], messages: readonly PlainMessage[]): PlainCustomer {
  const traits = new Map(messages.flatMap((message) => Object.entries(message.traits)));
  const said = new Map<string, { purpose: string; granted: boolean }>();
  for (const message of messages) {
    const consent = consentIn(message);
    if (consent) said.set(`${nameOf(message.identifiers[0] as PlainIdentifier)} ${consent.purpose}`, consent);
  }
  const consents = new Map<string, boolean>();
  for (const { purpose, granted } of said.values()) consents.set(purpose, granted && (consents.get(purpose) ?? true));
  const accounts = new Set(messages.flatMap(({ account }) => (account ? [account.externalId] : [])));
  return { identifiers, messages, traits, consents, accounts };
}

/** What was said last of each account, trait by trait. */
export function plainAccounts(messages: readonly PlainMessage[]): ReadonlyMap<string, ReadonlyMap<string, string | number>> {
  const accounts = new Map<string, Map<string, string | number>>();
  for (const { account } of inOrder(messages)) {
    if (!account) continue;
    const known = accounts.get(account.externalId) ?? new Map<string, string | number>();
    for (const [key, value] of Object.entries(account.traits)) known.set(key, value);
    accounts.set(account.externalId, known);
  }
  return accounts;
}

/** By when it happened, then by message id. */
function inOrder(messages: readonly PlainMessage[]): PlainMessage[] {
  return [...messages].sort((one, other) => one.atMs - other.atMs || (one.messageId < other.messageId ? -1 : 1));
}

function consentIn({ name, properties }: PlainMessage): { purpose: string; granted: boolean } | null {
  const purpose = String(properties['purpose']);
  if (name === 'Consent Given') return { purpose, granted: true };
  if (name === 'Consent Withdrawn') return { purpose, granted: false };
  return name === 'Consent Changed' ? { purpose, granted: properties['granted'] === true } : null;
}

function least(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.min(one, other);
}

function most(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.max(one, other);
}
