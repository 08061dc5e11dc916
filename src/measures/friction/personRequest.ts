/** "Let me talk to a person", in the languages that support is given in most; the person must be asked for, not only be named. */
const PERSON = [
  /\b(talk|speak|chat|connect|transfer|put me through|hand me over|escalate)\b.{0,30}\b(human|person|people|agent|representative|rep|operator|advisor|manager|supervisor|someone|somebody)\b/u,
  /\b(want|need|get|give)( me)?\b.{0,15}\b(a|an|real|live|actual)\b.{0,10}\b(human|person|agent|representative|operator)\b/u,
  /^\W*(a )?(human|real person|live agent|agent|representative|operator|person)( please)?\W*$/u,
  /\b(mit|zu)\b.{0,20}\b(mensch|menschen|mitarbeiter|mitarbeiterin|person|berater)\b/u,
  /\b(parler|discuter|échanger)\b.{0,20}(humain|personne|conseiller|conseillère|agent)/u,
  /\b(hablar|comunicar|contactar)\b.{0,20}\b(humano|persona|agente|asesor)\b/u,
  /\b(parlare|comunicare)\b.{0,20}\b(umano|persona|operatore)\b/u,
  /\bfalar\b.{0,20}\b(humano|pessoa|atendente|agente)\b/u,
  /\b(met|aan)\b.{0,20}\b(mens|medewerker|persoon)\b.{0,20}\b(spreken|praten)\b/u,
];
const READ_CHARACTERS = 500;

/** Whether a customer asks to be given to a person. */
export function asksForPerson(text: string): boolean {
  const read = text.slice(0, READ_CHARACTERS).toLowerCase().replace(/\s+/gu, ' ');
  return PERSON.some((pattern) => pattern.test(read));
}
