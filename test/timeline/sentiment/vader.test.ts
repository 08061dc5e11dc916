import { readVaderLexicon } from '../../../src/app/sentiment/readVaderLexicon';
import { vaderCompound } from '../../../src/timeline/sentiment/vader';

const lexicon = readVaderLexicon();
const compound = (text: string) => vaderCompound(text, lexicon).toFixed(4);

/** Sentences and scores as printed in the README of vaderSentiment (Hutto & Gilbert), "Output for the above example code". */
const PUBLISHED: readonly (readonly [string, number])[] = [
  ['VADER is smart, handsome, and funny.', 0.8316],
  ['VADER is smart, handsome, and funny!', 0.8439],
  ['VADER is very smart, handsome, and funny.', 0.8545],
  ['VADER is VERY SMART, handsome, and FUNNY.', 0.9227],
  ['VADER is VERY SMART, handsome, and FUNNY!!!', 0.9342],
  ['VADER is VERY SMART, uber handsome, and FRIGGIN FUNNY!!!', 0.9469],
  ['VADER is not smart, handsome, nor funny.', -0.7424],
  ['The book was good.', 0.4404],
  ["At least it isn't a horrible book.", 0.431],
  ['The book was only kind of good.', 0.3832],
  ['The plot was good, but the characters are uncompelling and the dialog is not great.', -0.7042],
  ['Today SUX!', -0.5461],
  ["Today only kinda sux! But I'll get by, lol", 0.5249],
  ['Make sure you :) or :D today!', 0.8633],
  ['Catch utf-8 emoji such as 💘 and 💋 and 😁', 0.7003],
  ['Not bad at all', 0.431],
];

/** What the demonstration of vaderSentiment 3.3 (its tricky sentences and its review of a film) and sentences of reviews score when run there. */
const AS_RUN: readonly (readonly [string, number])[] = [
  ['Sentiment analysis has never been good.', -0.3412],
  ['Sentiment analysis has never been this good!', 0.5672],
  ['Most automated sentiment analysis tools are shit.', -0.5574],
  ['With VADER, sentiment analysis is the shit!', 0.6476],
  ['Other sentiment analysis tools can be quite bad.', -0.5849],
  ['On the other hand, VADER is quite bad ass', 0.802],
  ['VADER is such a badass!', 0.4003],
  ['Without a doubt, excellent idea.', 0.7013],
  ['Roger Dodger is one of the most compelling variations on this theme.', 0.2944],
  ['Roger Dodger is at least compelling as a variation on the theme.', 0.2263],
  ['Roger Dodger is one of the least compelling variations on this theme.', -0.1695],
  ['Not such a badass after all.', -0.2584],
  ["It was one of the worst movies I've seen, despite good reviews.", -0.7584],
  ['Unbelievably bad acting!!', -0.6572],
  ['VERY BAD movie!', -0.7616],
  ['Great product, but not great packaging, but still good.', 0.2404],
  ['good good but bad bad', -0.8225],
  ['No problem at all, no worries!!', 0.6339],
  ['There is no love or hope here.', -0.6979],
  ['This is kind of awesome?? Really??? Why????', 0.6972],
  ['NOT GOOD. NOT GOOD AT ALL.', -0.094],
  ['I never so loved a movie', 0.7899],
  ['a kiss of death for the project', 0.0772],
  ['No not GREATLY least bad at all????', -0.7238],
];

describe("VADER's score of a text", () => {
  it.each(PUBLISHED)('is, for the published example %j, %d', (text, score) => {
    expect(compound(text)).toBe(score.toFixed(4));
  });

  it.each(AS_RUN)('is, for %j, what the reference implementation says: %d', (text, score) => {
    expect(compound(text)).toBe(score.toFixed(4));
  });

  it('is nothing where no word of the lexicon is, and for an empty text', () => {
    expect(compound('The parcel is on the table.')).toBe('0.0000');
    expect(compound('')).toBe('0.0000');
  });

  it('sees a word through any ASCII punctuation around it, but keeps emoticons', () => {
    expect(compound('the service (great)...')).toBe(compound('the service great'));
    expect(compound('ok :)')).not.toBe(compound('ok'));
  });

  it('takes "no" before a word as its negation and by itself as a word', () => {
    expect(Number(compound('no good'))).toBeLessThan(0);
    expect(Number(compound('no problem'))).toBeGreaterThan(0);
    expect(Number(compound('oh no'))).toBeLessThan(0);
  });

  it('has ratings of the later edition', () => {
    expect(compound('The box is flawed')).toBe('-0.4767');
  });

  it('stays within −1 and 1, however much is said', () => {
    expect(vaderCompound('great '.repeat(5000), lexicon)).toBeLessThanOrEqual(1);
    expect(vaderCompound('horrible '.repeat(5000), lexicon)).toBeGreaterThanOrEqual(-1);
  });
});
