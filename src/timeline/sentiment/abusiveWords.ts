/** Words that insult whoever they are said to, in the languages that support is given in most; none that is also a name or said of things. */
const ABUSIVE = new Set(
  (
    'idiot idiots idiotic moron morons moronic imbecile imbeciles dumbass asshole assholes arsehole arseholes bastard bastards bitch bitches cunt ' +
    'cunts dickhead dickheads douchebag douchebags fuck fucks fucking fucked fucker fuckers motherfucker motherfuckers shit shitty bullshit ' +
    'shithead wanker wankers twat twats jackass retard retarded slut whore scumbag dipshit ' +
    'arschloch arschlöcher vollidiot trottel fotze wichser hurensohn scheiße scheisse blödmann drecksack ' +
    'connard connards connasse salope putain merde enculé imbécile ' +
    'gilipollas cabrón puta mierda imbécil pendejo ' +
    'stronzo cazzo coglione vaffanculo idiota caralho klootzak kurwa debil chuj'
  ).split(' '),
);
const PHRASES = [
  'shut up',
  'piss off',
  'screw you',
  'get lost',
  'halt die klappe',
  'halt die fresse',
  'ta gueule',
  'ferme ta gueule',
  'cállate',
];
const LONGEST_WORD = 20;
const TOKENS = /[\p{L}\p{M}\p{N}@$*!]+/gu;
/** Digits and signs for letters, as far as they are common. */
const LEET: Readonly<Record<string, string>> = { '0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's', '7': 't', '@': 'a', $: 's', '!': 'i' };
const STAND_IN = /[013457@$!]/g;

/**
 * The abusive words in a text as they are spelt in the list, each once, in order. Whole words only: Scunthorpe is a town. Seen through are letters
 * written as digits (`1d10t`), up to half of the letters starred out (`f**k`), and stretched letters (`fuuuck`).
 */
export function abusiveWordsIn(text: string): string[] {
  const folded = text.normalize('NFKC').toLowerCase();
  const words = (folded.match(TOKENS) ?? []).map(abusiveWord).filter((word) => word !== null);
  const spaced = ` ${folded.replace(/[^\p{L}\p{M}]+/gu, ' ')} `;
  const phrases = PHRASES.filter((phrase) => spaced.includes(` ${phrase} `));
  return [...new Set([...words, ...phrases])];
}

function abusiveWord(token: string): string | null {
  const bare = token.replace(/^[!*]+|!+$/g, '');
  if (bare.length > LONGEST_WORD || bare.length < 3) return null;
  if (ABUSIVE.has(bare)) return bare;
  if (bare.includes('*')) return starredOut(bare);
  const spelt = /\p{L}/u.test(bare) ? bare.replace(STAND_IN, (sign) => LEET[sign] ?? sign) : bare;
  const short = spelt.replace(/(\p{L})\1{2,}/gu, '$1');
  return [spelt, short].find((word) => ABUSIVE.has(word)) ?? null;
}

function starredOut(token: string): string | null {
  const letters = token.replaceAll('*', '').length;
  if (letters * 2 < token.length || token.startsWith('*')) return null;
  const matches = (word: string) =>
    word.length === token.length && [...word].every((letter, at) => token[at] === '*' || token[at] === letter);
  return [...ABUSIVE].find(matches) ?? null;
}
