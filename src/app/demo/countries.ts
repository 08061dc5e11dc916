/** Where customers live, and how one speaks, pays and is called there. */
export interface Country {
  readonly code: string;
  readonly weight: number;
  readonly language: string;
  readonly locale: string;
  readonly timezone: string;
  /** Standard time: close enough for when people are awake. */
  readonly utcOffsetHours: number;
  readonly currency: string;
  /** What one euro buys, and the digits after the point. */
  readonly perEuro: number;
  readonly currencyDigits: number;
  readonly cities: readonly string[];
  /** The ways the number with this ordinal is written, the usual one first; null where no numbers are reserved for fiction. */
  readonly phone: ((ordinal: number) => readonly string[]) | null;
}

const AREA_CODES = ['212', '312', '415', '503', '617', '646', '702', '718', '773', '801', '808', '917', '971', '206', '303'] as const;

/** 555-01xx: reserved by the North American Numbering Plan. The last ten of each area are for hand-written customers. */
function american(ordinal: number): readonly string[] {
  const area = AREA_CODES[Math.floor(ordinal / 90) % AREA_CODES.length];
  const line = String(ordinal % 90).padStart(2, '0');
  return [`+1 ${area}-555-01${line}`, `(${area}) 555-01${line}`, `${area}.555.01${line}`, `+1${area}55501${line}`];
}

/** 07700 900xxx: Ofcom's numbers for drama. */
function british(ordinal: number): readonly string[] {
  const line = String(200 + (ordinal % 800)).padStart(3, '0');
  return [`+44 7700 900${line}`, `+447700900${line}`, `+44 (0)7700 900 ${line}`];
}

/** 030 23125xxx: the Bundesnetzagentur's numbers for films. */
function german(ordinal: number): readonly string[] {
  const line = String(ordinal % 1000).padStart(3, '0');
  return [`+49 30 23125 ${line}`, `+493023125${line}`, `+49 (0)30 / 23125-${line}`];
}

/** 06 39 98 xx xx: Arcep's numbers for fiction. */
function french(ordinal: number): readonly string[] {
  const line = String(ordinal % 10_000).padStart(4, '0');
  return [`+33 6 39 98 ${line.slice(0, 2)} ${line.slice(2)}`, `+3363998${line}`];
}

/** (02) 5550 xxxx: the ACMA's numbers for fiction. */
function australian(ordinal: number): readonly string[] {
  const line = String(ordinal % 10_000).padStart(4, '0');
  return [`+61 2 5550 ${line}`, `+6125550${line}`];
}

// biome-ignore format: one country a line
export const COUNTRIES: readonly Country[] = [
  { code: 'US', weight: 26, language: 'en', locale: 'en-US', timezone: 'America/New_York', utcOffsetHours: -5, currency: 'USD', perEuro: 1.1, currencyDigits: 2, cities: ['Portland', 'Boston', 'Chicago', 'Brooklyn', 'Austin'], phone: american },
  { code: 'GB', weight: 15, language: 'en', locale: 'en-GB', timezone: 'Europe/London', utcOffsetHours: 0, currency: 'GBP', perEuro: 0.85, currencyDigits: 2, cities: ['London', 'Bristol', 'Leeds', 'Glasgow'], phone: british },
  { code: 'DE', weight: 18, language: 'de', locale: 'de-DE', timezone: 'Europe/Berlin', utcOffsetHours: 1, currency: 'EUR', perEuro: 1, currencyDigits: 2, cities: ['Berlin', 'Köln', 'München', 'Leipzig'], phone: german },
  { code: 'FR', weight: 10, language: 'fr', locale: 'fr-FR', timezone: 'Europe/Paris', utcOffsetHours: 1, currency: 'EUR', perEuro: 1, currencyDigits: 2, cities: ['Lyon', 'Paris', 'Nîmes'], phone: french },
  { code: 'ES', weight: 8, language: 'es', locale: 'es-ES', timezone: 'Europe/Madrid', utcOffsetHours: 1, currency: 'EUR', perEuro: 1, currencyDigits: 2, cities: ['Málaga', 'Madrid', 'A Coruña'], phone: null },
  { code: 'AU', weight: 5, language: 'en', locale: 'en-AU', timezone: 'Australia/Sydney', utcOffsetHours: 10, currency: 'AUD', perEuro: 1.65, currencyDigits: 2, cities: ['Sydney', 'Newcastle'], phone: australian },
  { code: 'PL', weight: 4, language: 'pl', locale: 'pl-PL', timezone: 'Europe/Warsaw', utcOffsetHours: 1, currency: 'PLN', perEuro: 4.3, currencyDigits: 2, cities: ['Łódź', 'Kraków'], phone: null },
  { code: 'SE', weight: 3, language: 'sv', locale: 'sv-SE', timezone: 'Europe/Stockholm', utcOffsetHours: 1, currency: 'SEK', perEuro: 11, currencyDigits: 2, cities: ['Malmö', 'Göteborg'], phone: null },
  { code: 'TR', weight: 3, language: 'tr', locale: 'tr-TR', timezone: 'Europe/Istanbul', utcOffsetHours: 3, currency: 'TRY', perEuro: 38, currencyDigits: 2, cities: ['İzmir', 'İstanbul'], phone: null },
  { code: 'JP', weight: 4, language: 'ja', locale: 'ja-JP', timezone: 'Asia/Tokyo', utcOffsetHours: 9, currency: 'JPY', perEuro: 160, currencyDigits: 0, cities: ['東京', '京都'], phone: null },
  { code: 'BR', weight: 2, language: 'pt', locale: 'pt-BR', timezone: 'America/Sao_Paulo', utcOffsetHours: -3, currency: 'BRL', perEuro: 5.6, currencyDigits: 2, cities: ['São Paulo', 'Florianópolis'], phone: null },
  { code: 'GR', weight: 2, language: 'el', locale: 'el-GR', timezone: 'Europe/Athens', utcOffsetHours: 2, currency: 'EUR', perEuro: 1, currencyDigits: 2, cities: ['Αθήνα', 'Θεσσαλονίκη'], phone: null },
];
