/** What customers write to the support desk about, and how it is answered, in the languages it happens in. */
export interface Topic {
  readonly key: string;
  readonly weight: number;
  /** How likely it is to turn out badly. */
  readonly trouble: number;
  readonly words: Readonly<Record<string, readonly [subject: string, question: string]>>;
}

// biome-ignore format: one language a line
export const TOPICS: readonly Topic[] = [
  { key: 'delivery', weight: 8, trouble: 0.25, words: {
    en: ['Where is my order?', 'The parcel was due on Tuesday and the tracking has not moved since.'],
    de: ['Wo bleibt meine Bestellung?', 'Das Paket sollte am Dienstag kommen, seitdem tut sich in der Sendungsverfolgung nichts.'],
    fr: ['Où est ma commande ?', 'Le colis devait arriver mardi et le suivi n’a pas bougé depuis.'],
    es: ['¿Dónde está mi pedido?', 'El paquete tenía que llegar el martes y el seguimiento no avanza.'],
    ja: ['注文が届きません', '火曜日に届くはずの荷物がまだ届いていません。'],
  } },
  { key: 'damaged', weight: 4, trouble: 0.45, words: {
    en: ['Grinder arrived broken', 'The handle is snapped off. I am really disappointed.'],
    de: ['Mühle kaputt angekommen', 'Die Kurbel ist abgebrochen. Ich bin sehr enttäuscht.'],
    fr: ['Moulin arrivé cassé', 'La manivelle est cassée. Je suis très déçue.'],
    es: ['El molinillo llegó roto', 'La manivela está partida. Muy decepcionado.'],
    ja: ['ミルが壊れていました', 'ハンドルが折れていました。とても残念です。'],
  } },
  { key: 'billing', weight: 5, trouble: 0.35, words: {
    en: ['Charged twice', 'My card was charged twice for the same order. Please fix this.'],
    de: ['Doppelt abgebucht', 'Für dieselbe Bestellung wurde zweimal abgebucht. Bitte klären.'],
    fr: ['Débité deux fois', 'Ma carte a été débitée deux fois pour la même commande.'],
    es: ['Cobro duplicado', 'Me han cobrado dos veces el mismo pedido.'],
  } },
  { key: 'subscription', weight: 5, trouble: 0.15, words: {
    en: ['Skip the next delivery', 'We are on holiday in August. How do I skip one delivery?'],
    de: ['Nächste Lieferung aussetzen', 'Wir sind im August im Urlaub. Wie setze ich eine Lieferung aus?'],
    fr: ['Sauter la prochaine livraison', 'Nous sommes en vacances en août. Comment sauter une livraison ?'],
    es: ['Saltar la próxima entrega', 'En agosto estamos de vacaciones. ¿Cómo salto una entrega?'],
  } },
  { key: 'brewing', weight: 4, trouble: 0.05, words: {
    en: ['Espresso tastes sour', 'Which grind do you suggest for Lighthouse? Thanks, I love the beans!'],
    de: ['Espresso schmeckt sauer', 'Welchen Mahlgrad empfehlt ihr für Lighthouse? Die Bohnen sind toll!'],
    fr: ['Espresso trop acide', 'Quelle mouture pour le Lighthouse ? Merci, j’adore vos grains !'],
  } },
  { key: 'account', weight: 3, trouble: 0.2, words: {
    en: ['Cannot sign in', 'The app says “session expired” every time I open it.'],
    de: ['Anmeldung klappt nicht', 'Die App meldet bei jedem Öffnen „Sitzung abgelaufen“.'],
  } },
];

// biome-ignore format: one language a line
export const AGENT_REPLIES: Readonly<Record<string, readonly string[]>> = {
  en: ['Thank you for writing. I have looked into it and will get back to you today.', 'I am sorry about this. A replacement is on its way.', 'That should be sorted now. Could you check?'],
  de: ['Danke für die Nachricht. Ich habe nachgesehen und melde mich heute noch.', 'Das tut uns leid. Ersatz ist unterwegs.', 'Das sollte jetzt erledigt sein. Schauen Sie bitte kurz?'],
  fr: ['Merci pour votre message. Je vérifie et vous réponds aujourd’hui.', 'Nous sommes désolés. Un remplacement est en route.'],
  es: ['Gracias por escribir. Lo reviso y le respondo hoy.', 'Lo sentimos mucho. El reemplazo va en camino.'],
  ja: ['ご連絡ありがとうございます。確認してご連絡いたします。', '申し訳ございません。代わりの品をお送りします。'],
};

/** It happens, though rarely. */
export const RUDE_REPLIES = [
  'I have told you twice. This is your own stupid mistake.',
  'Read the damn manual before you waste our time.',
] as const;

export const PLEASED = [
  'Quick and friendly.',
  'Best coffee in town.',
  'Great service, thank you!',
  'Immer wieder gern.',
  'Très bon café.',
  'Muy contenta.',
  '',
] as const;
export const DISPLEASED = [
  'Took far too long.',
  'I had to explain everything twice.',
  'Nobody answered for two days.',
  'Zu langsam.',
  'Très déçu.',
  '',
] as const;
export const AGENTS = ['Milan', 'Aoife', 'Sanjay', 'Beatriz', 'Tomasz', 'Keiko'] as const;

/** What is said in a language, or in English where the desk does not speak it. */
export function inLanguage<Words>(words: Readonly<Record<string, Words>>, language: string): Words {
  return words[language] ?? (words['en'] as Words);
}
