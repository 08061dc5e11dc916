import fc from 'fast-check';
import { readVaderLexicon } from '../../../src/app/sentiment/readVaderLexicon';
import { isEnglish } from '../../../src/timeline/sentiment/language';
import { textSentiment } from '../../../src/timeline/sentiment/textSentiment';

const lexicon = readVaderLexicon();
const sentimentOf = textSentiment(lexicon);

describe('A text is English', () => {
  it.each([
    'Thanks!',
    'ok',
    'Great',
    'No',
    'Where is my order?',
    'worst support ever',
    'Still no refund. Order #12345',
    'Today SUX!',
    'VADER is smart, handsome, and funny.',
    'damnit',
    'Damn damn damn damn #Cowboys',
    "I can't log in any more, please help me with https://shop.example/commande/été",
    'Not bad at all',
    'The café was lovely, we want to come back',
  ])('as %j is', (text) => {
    expect(isEnglish(text, lexicon)).toBe(true);
  });

  it.each([
    'Danke!',
    'Vielen Dank für die schnelle Hilfe',
    'Das war gut',
    'Die Lieferung war super',
    'Es ist fatal',
    'Super, alles bestens',
    'Merci beaucoup',
    'Je suis surpris de voir comment VADER est incroyablement utile !',
    'No funciona',
    'Muchas gracias',
    'Grazie mille',
    'Het pakket is niet aangekomen en niemand reageert',
    'Tack så mycket',
    'Bardzo zły serwis',
    'Где мой заказ?',
    '私はちょうどどのように驚くほど役に立つベイダーを見て驚いています!',
    '我很惊讶地看到VADER是如此有用!',
    'أنا مندهش',
  ])('as %j is not', (text) => {
    expect(isEnglish(text, lexicon)).toBe(false);
  });
});

describe('The sentiment of a text', () => {
  it('has four decimals, as VADER prints it', () => {
    expect(sentimentOf('The book was good.')).toBe(0.4404);
    expect(sentimentOf('Where is my order?')).toBe(0);
  });

  it('is null of nothing, and of a language without a lexicon', () => {
    expect(sentimentOf('')).toBeNull();
    expect(sentimentOf(' \n ')).toBeNull();
    expect(sentimentOf('12345')).toBeNull();
    expect(sentimentOf('Das ist eine Katastrophe, ich warte seit drei Wochen.')).toBeNull();
  });

  it('is that of an emoticon or emoji where nothing else is said', () => {
    expect(sentimentOf(':(')).toBeLessThan(0);
    expect(sentimentOf('😍')).toBeGreaterThan(0);
  });

  it('is within −1 and 1, or null, whatever is written', () => {
    const words = fc.constantFrom(
      'good',
      'BAD',
      'not',
      'but',
      'very',
      'no',
      'least',
      'kind',
      'of',
      '😍',
      '!!!',
      '???',
      ':(',
      'und',
      '的',
      '\ud800',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(words).map((chosen) => chosen.join(' ')),
    );
    fc.assert(
      fc.property(text, (written) => {
        const sentiment = sentimentOf(written);
        if (sentiment !== null) expect(Math.abs(sentiment)).toBeLessThanOrEqual(1);
        expect(sentimentOf(written)).toBe(sentiment);
      }),
    );
  });

  it('takes every text for English when told to', () => {
    expect(textSentiment(lexicon, 'en')('Das ist perfect')).toBe(0.5719);
    expect(textSentiment(lexicon, 'en')('12345')).toBe(0);
  });
});
