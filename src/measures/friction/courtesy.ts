const LONGEST_WORDS = 8;
const WORDS = /[\p{L}\p{M}'’]+/gu;

/** Thanks and goodbyes in the languages that support is given in most. */
const COURTESIES = new Set(
  (
    'thanks thank thx ty cheers ok okay great perfect super nice cool awesome bye goodbye solved works working fine appreciated ' +
    'danke vielen dank dankeschön tschüss alles klar merci beaucoup parfait gracias muchas perfecto grazie mille perfetto obrigado obrigada ' +
    'bedankt dank tack takk tak kiitos dziękuję děkuji спасибо teşekkürler ありがとう 谢谢'
  ).split(' '),
);
/** What may stand beside them. */
const FILLERS = new Set(
  (
    'you very much so a lot for your the help quick fast that all is it this now again everything have good day one nice and i my we ' +
    'für die hilfe schnelle pour votre aide por la ayuda per aiuto pela ajuda je wel så mycket bonne journée schönen tag'
  ).split(' '),
);

/** A message that only thanks or says goodbye: nobody waits for an answer to it, and it opens nothing again. */
export function isCourtesy(text: string): boolean {
  const words = (text.toLowerCase().match(WORDS) ?? []).map((word) => word.replaceAll('’', "'"));
  if (words.length === 0 || words.length > LONGEST_WORDS || /[?？]/u.test(text)) return false;
  return words.some((word) => COURTESIES.has(word)) && words.every((word) => COURTESIES.has(word) || FILLERS.has(word));
}
