import { HUB_LIMIT } from '../identity/rules';
import type { LinkRecord } from './ports/identityGraphReader';
import type { WhyRefused } from './whyRefused';

/** An identifier as the key may see it. */
interface Shown {
  readonly type: string;
  readonly value: string;
}

/** A message that both ends were on: when, and from which source, where that is known. */
export interface Sighting {
  readonly atMs: number;
  readonly source: string | null;
}

export interface LinkSaid {
  readonly from: Shown;
  readonly to: Shown;
  readonly first: Sighting | null;
  readonly last: Sighting | null;
}

const WORDS: Readonly<Record<string, string>> = { email: 'e-mail address', phone: 'phone number' };
const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
const COUNT = new Intl.NumberFormat('en-GB');

/** A type of identifier as one says it: `user_id` is user id. */
export function typeInWords(type: string): string {
  return (Object.hasOwn(WORDS, type) ? WORDS[type] : undefined) ?? type.replace(/[._]+/g, ' ');
}

/** Why two identifiers are one customer, in one sentence. */
export function linkInWords(record: LinkRecord, said: LinkSaid): string {
  const ends = `${named(said.from)} and ${named(said.to)}`;
  const day = record.decidedAtMs === null ? null : DAY.format(record.decidedAtMs);
  if (record.decidedRule === 'match') return sentence(`${ends} were matched as one customer${day === null ? '' : ` on ${day}`}`);
  if (record.decidedRule !== null) return sentence(`a person said${day === null ? '' : ` on ${day}`} that ${ends} are one customer`);
  if (record.alias)
    return sentence(`${ends} were declared to be one by ${isOfAliasCall(said) ? 'an alias call' : 'a merge in their source'}${seen(said)}`);
  return sentence(`${ends} came in one message${seen(said)}`);
}

/** Why two identifiers that came together are two customers all the same. */
export function refusalInWords(record: LinkRecord, said: LinkSaid, why: WhyRefused): string {
  return `${linkInWords(record, said)} ${sentence(`this joins nobody: ${whyInWords(said, why)}`)}`;
}

function whyInWords({ from, to }: LinkSaid, { reason, limits, end }: WhyRefused): string {
  const culprit = named(end === 'outer' ? to : from);
  switch (reason) {
    case 'LIMIT':
      return limits
        .map(
          ({ type, limitPerProfile, together }) =>
            `one customer may have ${counted(limitPerProfile, type)}, and both together would have ${COUNT.format(together)}`,
        )
        .join('; ');
    case 'HUB':
      return `${culprit} came with more than ${COUNT.format(HUB_LIMIT)} others and tells nobody apart`;
    case 'BLOCKED':
      return `by the rules, ${culprit} identifies nobody`;
    case 'DECISION':
      return 'a person said that they are not one customer';
    case 'PENDING':
      return 'the rules were changed, and it has not been looked at since';
  }
}

/** An alias call names ids of the protocol only; any other type is one that a source merged. */
function isOfAliasCall({ from, to }: LinkSaid): boolean {
  return [from, to].every(({ type }) => type === 'user_id' || type === 'anonymous_id');
}

function counted(count: number, type: string): string {
  const words = typeInWords(type);
  return count === 1 ? `one ${words}` : `${COUNT.format(count)} ${words}${words.endsWith('s') ? 'es' : 's'}`;
}

function named({ type, value }: Shown): string {
  return `the ${typeInWords(type)} ${value}`;
}

function seen({ first, last }: LinkSaid): string {
  if (first === null || last === null) return '';
  const [firstSeen, lastSeen] = [sighted(first), sighted(last)];
  return firstSeen === lastSeen ? ` ${firstSeen}` : `, first ${firstSeen}, last ${lastSeen}`;
}

function sighted({ atMs, source }: Sighting): string {
  return `on ${DAY.format(atMs)}${source === null ? '' : ` from ${source}`}`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
