import { customerSentiment } from '../../../src/app/processing/customerSentiment';
import { readVaderLexicon } from '../../../src/app/sentiment/readVaderLexicon';
import { textSentiment } from '../../../src/timeline/sentiment/textSentiment';

const sentimentOf = textSentiment(readVaderLexicon());
const of = (kind: 'CONVERSATION_REPLIED' | 'PAGE_VIEWED', direction: 'INBOUND' | 'OUTBOUND', properties: object | null) =>
  customerSentiment({ kind, direction }, properties && JSON.stringify(properties), sentimentOf);

const PRAISE = { comment: 'Great, I love it, thank you so much!' };

describe("the sentiment of a message's words", () => {
  it("is that of the customer's own words", () => {
    expect(of('CONVERSATION_REPLIED', 'INBOUND', PRAISE)).toBeGreaterThan(0.5);
    expect(of('CONVERSATION_REPLIED', 'INBOUND', { comment: 'This is terrible, I am very angry.' })).toBeLessThan(-0.5);
  });

  it('is not told of what agents say, of kinds without words, of notes, or of nothing', () => {
    expect(of('CONVERSATION_REPLIED', 'OUTBOUND', PRAISE)).toBeNull();
    expect(of('PAGE_VIEWED', 'INBOUND', PRAISE)).toBeNull();
    expect(of('CONVERSATION_REPLIED', 'INBOUND', { ...PRAISE, public: false })).toBeNull();
    expect(of('CONVERSATION_REPLIED', 'INBOUND', null)).toBeNull();
  });
});
