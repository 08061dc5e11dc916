import { emailTitle } from './marketing';
import { moneyOf } from './moneyText';
import { after, day, inWords, list, numbered, phrase, quoted, reason, said, type Told } from './told';

/** Known by its name, not by its id. */
const EXPERIMENT = 'experiment';

/**
 * What has no kind: its own name, and the little that is worth a word for most such events. Where the name begins with the word for its subject
 * (Ticket Updated), the subject stands behind that word.
 */
export function customPhrase(told: Told): string {
  const { properties } = told;
  const amount = typeof properties['currency'] === 'string' ? moneyOf(properties, 'total', 'amount', 'value', 'revenue') : '';
  return list(
    whatHappened(told),
    after('variation', quoted(said(properties, 'variation_name'))),
    after('step', said(properties, 'step')),
    inWords(said(properties, 'changed').replace(/:.*/, '')),
    after('on', day(said(properties, 'cancel_at', 'trial_ends_at'))),
    amount,
    reason(told),
  );
}

function whatHappened(told: Told): string {
  const { properties, subject } = told;
  const name = said({ name: told.name }, 'name') || 'Something happened';
  const [, ofEmail] = /^Email (.+)$/.exec(name) ?? [];
  if (ofEmail !== undefined) return phrase(emailTitle(told), ofEmail.toLowerCase());
  const [, noun = '', what = ''] = /^(\w+) (.+)$/.exec(name) ?? [];
  if (subject && subject.type !== EXPERIMENT && noun.toLowerCase() === subject.type) {
    const title = subject.type === 'appointment' ? quoted(said(properties, 'title')) : '';
    const status = what === 'Status Changed' ? after('to', inWords(said(properties, 'status'))) : '';
    return phrase(title ? `${noun} ${title}` : numbered(noun, told, subject.type), what.toLowerCase(), status);
  }
  return list(phrase(name, quoted(said(properties, 'experiment_name', 'product_name', 'name', 'account_name'))), aboutWhat(told));
}

/** `checkout c1`; '' where nobody would say what it was about. */
function aboutWhat(told: Told): string {
  const type = told.subject?.type ?? EXPERIMENT;
  const about = numbered(type, told, type);
  return type === EXPERIMENT || about === type ? '' : about;
}
