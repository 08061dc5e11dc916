const SPACES = /[\s\u0085]+/u;
const OUTER_PUNCTUATION = /^[!-/:-@[-`{-~]+|[!-/:-@[-`{-~]+$/g;

/** The words of a text without the ASCII punctuation around them; what would be left with two characters or fewer stays whole: it may be an emoticon. */
export function vaderTokens(text: string): string[] {
  return text.split(SPACES).filter(Boolean).map(bare);
}

function bare(token: string): string {
  const stripped = token.replace(OUTER_PUNCTUATION, '');
  return stripped.length <= 4 && [...stripped].length <= 2 ? token : stripped;
}

/** Some words, but not all, are in capitals: then capitals emphasise. */
export function hasEmphasis(tokens: readonly string[]): boolean {
  const shouted = tokens.filter(isShouted).length;
  return shouted > 0 && shouted < tokens.length;
}

/** At least one letter, and none in lower case. */
export function isShouted(token: string): boolean {
  return token === token.toUpperCase() && token !== token.toLowerCase();
}

const PICTOGRAPH = /\p{Extended_Pictographic}|\p{Emoji_Modifier}/u;

/** A text with each emoji put into words by its Unicode name, code point by code point, as VADER does. */
export function namingEmoji(text: string, emojiNames: ReadonlyMap<string, string>): string {
  if (!PICTOGRAPH.test(text)) return text.trim();
  let named = '';
  let afterSpace = true;
  for (const character of text) {
    const name = emojiNames.get(character);
    if (name === undefined) {
      named += character;
      afterSpace = character === ' ';
    } else {
      named += afterSpace ? name : ` ${name}`;
      afterSpace = false;
    }
  }
  return named.trim();
}
