const EMAIL = /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}.-]{1,190}\.\p{L}{2,24}/giu;
/** `#1042`, `order 1042`, `order number: A-1042`, `invoice no. 77`. */
const NAMED_NUMBER =
  /(?:#|(?:order|invoice|ticket|case|booking|reservation|contract|customer|account|tracking|bestellung|rechnung|auftrag|vertrag|commande|facture|pedido|factura|ordine|fattura)(?:\s*(?:number|nummer|numéro|número|numero|no|nr|id|n°)\b\.?)?\s*[:#]?\s*)([\p{L}-]{0,6}\d[\p{L}\p{N}-]{2,30})/giu;
/** A number so long that nobody writes it for anything else; a telephone number may be parted. */
const LONG_NUMBER = /\+?\d(?:[\s./()-]{0,2}\d){6,18}/gu;
const READ_CHARACTERS = 10_000;
/** Where the words end and the signature begins, which stands under every letter and is no information that is given again. */
const SIGNATURE =
  /\n\s*(--\s*(\n|$)|(best|kind|warm|many)?\s*regards\b|sincerely\b|sent from my\b|mit freundlichen grüßen|mfg\b|(viele|beste|liebe) grüße|cordialement|saludos|cordiali saluti|atenciosamente|met vriendelijke groet|med vänliga hälsningar|pozdrawiam)/u;

/** Identifiers and numbers of orders and the like that a text states above its signature, normalised: `a@b.example`, `1042`, `4930123456`. */
export function statedItems(text: string, orderNumbers: ReadonlySet<string>): ReadonlySet<string> {
  const folded = text.slice(0, READ_CHARACTERS).normalize('NFKC').toLowerCase();
  const read = folded.slice(0, SIGNATURE.exec(folded)?.index ?? folded.length);
  const items = new Set<string>();
  for (const [email] of read.matchAll(EMAIL)) items.add(email);
  const withoutEmails = read.replace(EMAIL, ' ');
  for (const [, number] of withoutEmails.matchAll(NAMED_NUMBER)) if (number) items.add(number.replace(/^[-]+|[-]+$/g, ''));
  for (const [number] of withoutEmails.matchAll(LONG_NUMBER)) items.add(number.replace(/\D/g, ''));
  for (const [word] of withoutEmails.matchAll(/[\p{L}\p{N}][\p{L}\p{N}-]{2,}/gu)) if (orderNumbers.has(word)) items.add(word);
  return items;
}

/** Order numbers as texts state them. */
export function orderNumbersOf(externalIds: readonly string[]): ReadonlySet<string> {
  return new Set(
    externalIds.map((id) => id.normalize('NFKC').toLowerCase().replace(/^#/, '')).filter((id) => /\d/.test(id) && id.length >= 3),
  );
}
