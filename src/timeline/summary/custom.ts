import { emailTitle } from './marketing';
import { moneyOf } from './moneyText';
import { after, list, numbered, phrase, quoted, said, type Told } from './told';

/** Known by its name, not by its id. */
const EXPERIMENT = 'experiment';

/**
 * What has no kind: its own name, and the little that is worth a word for most such events. Of a name in two words the first of which is the
 * subject's (`Ticket Updated`), the subject stands between them.
 */
export function customPhrase(told: Told): string {
  const { properties, subject } = told;
  const name = said({ name: told.name }, 'name') || 'Something happened';
  const [, ofEmail] = /^Email (.+)$/.exec(name) ?? [];
  if (ofEmail !== undefined) return list(phrase(emailTitle(told), ofEmail.toLowerCase()), said(properties, 'reason'));
  const [, noun = '', verb = ''] = /^(\w+) (\w+)$/.exec(name) ?? [];
  if (subject && subject.type !== EXPERIMENT && noun.toLowerCase() === subject.type) {
    return list(phrase(numbered(noun, told, subject.type), verb.toLowerCase()), said(properties, 'changed', 'reason'));
  }
  const amount = typeof properties['currency'] === 'string' ? moneyOf(properties, 'total', 'amount', 'value', 'revenue', 'price') : '';
  return list(
    phrase(name, quoted(said(properties, 'experiment_name', 'product_name', 'name', 'account_name'))),
    after('variation', quoted(said(properties, 'variation_name'))),
    after('step', said(properties, 'step')),
    aboutWhat(told),
    amount,
  );
}

/** `checkout c1`; '' where nobody would say what it was about. */
function aboutWhat(told: Told): string {
  const type = told.subject?.type ?? EXPERIMENT;
  const about = numbered(type, told, type);
  return type === EXPERIMENT || about === type ? '' : about;
}
