/**
 * The words that change the valence of others, as in the reference implementation of VADER (vaderSentiment 3.3.2, MIT):
 * Hutto, C.J., Gilbert, E.E. (2014). VADER: A Parsimonious Rule-based Model for Sentiment Analysis of Social Media Text. ICWSM-14.
 */
const BOOST = 0.293;

export const NEGATIONS: ReadonlySet<string> = new Set(
  (
    'aint arent cannot cant couldnt darent didnt doesnt dont hadnt hasnt havent isnt mightnt mustnt neednt oughtnt shant shouldnt wasnt werent ' +
    'wont wouldnt neither never none nope nor not nothing nowhere uhuh uh-uh without rarely seldom despite'
  ).split(' '),
);

const BOOSTERS =
  'absolutely amazingly awfully completely considerable considerably decidedly deeply effing enormous enormously entirely especially exceptional ' +
  'exceptionally extreme extremely fabulously flipping flippin frackin fracking fricking frickin frigging friggin fully fuckin fucking fuggin ' +
  'fugging greatly hella highly hugely incredible incredibly intensely major majorly more most particularly purely quite really remarkably so ' +
  'substantially thoroughly total totally tremendous tremendously uber unbelievably unusually utter utterly very';

const DAMPENERS =
  'almost barely hardly kinda kindof kind-of less little marginal marginally occasional occasionally partly scarce scarcely slight slightly ' +
  'somewhat sorta sortof sort-of';

/** What a degree adverb adds to the valence of a positive word that follows it. */
export const DEGREES: ReadonlyMap<string, number> = new Map([
  ...BOOSTERS.split(' ').map((word): [string, number] => [word, BOOST]),
  ...DAMPENERS.split(' ').map((word): [string, number] => [word, -BOOST]),
  ['just enough', -BOOST],
  ['kind of', -BOOST],
  ['sort of', -BOOST],
]);

/** Phrases that mean something else than their words. */
export const IDIOMS: ReadonlyMap<string, number> = new Map([
  ['the shit', 3],
  ['the bomb', 3],
  ['bad ass', 1.5],
  ['badass', 1.5],
  ['bus stop', 0],
  ['yeah right', -2],
  ['kiss of death', -1.5],
  ['to die for', 3],
  ['beating heart', 3.1],
  ['broken heart', -2.9],
]);
