/** A name as it is written, and as an e-mail address would have it where its letters don't say. */
type Name = string | readonly [written: string, inAddress: string];

export interface Names {
  readonly first: readonly Name[];
  readonly last: readonly Name[];
}

// biome-ignore format: one language a block
export const NAMES: Readonly<Record<string, Names>> = {
  en: {
    first: ['Olivia', 'Noah', 'Amelia', 'Liam', 'Maya', 'Ethan', 'Zoë', 'Priya', 'Marcus', 'Hannah', 'Theo', 'Imani', 'Caleb', 'Ruth', 'Diego', 'Chloe', 'Omar', 'Nora', 'Felix', 'Siobhán', 'Jamal', 'Ivy', 'Wei', 'Grace', 'Declan'],
    last: ['Carter', 'Nguyen', 'O’Brien', 'Patel', 'Brooks', 'Hughes', 'Okafor', 'Bennett', 'Singh', 'Walsh', 'Reyes', 'Foster', 'Kim', 'Ashworth', 'Murphy', 'Cole', 'Haddad', 'Price', 'Lindqvist', 'Turner', 'Chen', 'Novak', 'Ellis', 'D’Souza'],
  },
  de: {
    first: ['Anna', 'Jürgen', 'Sophie', 'Lukas', 'Käthe', 'Björn', 'Mia', 'Jonas', 'Emine', 'Paul', 'Ulrike', 'Sören', 'Lea', 'Matthias', 'Friederike'],
    last: ['Müller', 'Schäfer', 'Weiß', 'Hoffmann', 'Yılmaz', 'Krüger', 'Vogel', 'Groß', 'Lehmann', 'Böhm', 'Köhler', 'Peters', 'Jäger', 'von Arnim'],
  },
  fr: { first: ['Chloé', 'Élodie', 'Lucas', 'Anaïs', 'Théo', 'Inès', 'Benoît', 'Maëlle', 'Rachid', 'Agnès'], last: ['Lefèvre', 'Dubois', 'Moreau', 'Gérard', 'Benali', 'Noël', 'Faure', 'd’Aubigné', 'Rousseau'] },
  es: { first: ['José', 'Lucía', 'Íñigo', 'Sofía', 'Álvaro', 'Begoña', 'Raúl', 'Inés', 'Martín'], last: ['García Núñez', 'Muñoz', 'Ibáñez', 'Ortega', 'Peña', 'Castaño', 'Vázquez', 'Giménez'] },
  pl: { first: ['Łukasz', 'Zofia', 'Michał', 'Małgorzata', 'Bartłomiej', 'Ola'], last: ['Wójcik', 'Kowalska', 'Dąbrowski', 'Zieliński', 'Woźniak'] },
  sv: { first: ['Åsa', 'Björn', 'Elin', 'Östen', 'Linnéa'], last: ['Sjöberg', 'Lindström', 'Ek', 'Öberg', 'Håkansson'] },
  tr: { first: ['Ayşe', 'Çağla', 'Emre', 'Gülşen', 'İbrahim'], last: ['Yıldız', 'Öztürk', 'Şahin', 'Çelik', 'Aydın'] },
  pt: { first: ['João', 'Conceição', 'Thiago', 'Letícia'], last: ['Gonçalves', 'Araújo', 'Brandão', 'Simões'] },
  ja: {
    first: [['陽菜', 'hina'], ['蓮', 'ren'], ['さくら', 'sakura'], ['大輔', 'daisuke'], ['美咲', 'misaki']],
    last: [['佐藤', 'sato'], ['鈴木', 'suzuki'], ['高橋', 'takahashi'], ['渡辺', 'watanabe'], ['山本', 'yamamoto']],
  },
  el: {
    first: [['Ελένη', 'eleni'], ['Γιώργος', 'giorgos'], ['Αλέξανδρος', 'alexandros'], ['Σοφία', 'sofia']],
    last: [['Παπαδόπουλος', 'papadopoulos'], ['Γεωργίου', 'georgiou'], ['Νικολάου', 'nikolaou']],
  },
};

const NOT_DECOMPOSED: Readonly<Record<string, string>> = { ł: 'l', ß: 'ss', ø: 'o', ı: 'i', æ: 'ae' };

/** The letters a to z of a name, as most people's addresses have them. */
export function inAddress(name: Name): string {
  if (typeof name !== 'string') return name[1];
  const lower = name.toLowerCase().replace(/[łßøıæ]/g, (letter) => NOT_DECOMPOSED[letter] ?? letter);
  return lower.normalize('NFD').replace(/[^a-z]/g, '');
}

export function asWritten(name: Name): string {
  return typeof name === 'string' ? name : name[0];
}
