import type { InteractionFacts } from '../../timeline/interaction';
import { customerWords, mayHoldCustomerWords } from '../../timeline/sentiment/spokenWords';
import type { TextSentiment } from '../../timeline/sentiment/textSentiment';

/** Of the customer's own words on a message whose properties are this JSON text; null where there are none, or none that can be judged. */
export function customerSentiment(
  facts: Pick<InteractionFacts, 'kind' | 'direction'>,
  properties: string | null,
  sentimentOf: TextSentiment,
): number | null {
  if (properties === null || !mayHoldCustomerWords(facts.kind)) return null;
  const words = customerWords({ kind: facts.kind, direction: facts.direction, properties: JSON.parse(properties) });
  return words === null ? null : sentimentOf(words);
}
