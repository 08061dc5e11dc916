import type { Chance } from './chance';
import type { Country } from './countries';

/** What Harbour Roast, the demo company, sells: coffee and what it takes to brew it. */
export interface Product {
  readonly sku: string;
  readonly name: string;
  readonly category: string;
  readonly priceEuroCents: number;
  readonly weight: number;
}

// biome-ignore format: one product a line
const PRODUCTS: readonly Product[] = [
  { sku: 'HR-101', name: 'Lighthouse Espresso, 250 g', category: 'Beans', priceEuroCents: 990, weight: 10 },
  { sku: 'HR-102', name: 'Lighthouse Espresso, 1 kg', category: 'Beans', priceEuroCents: 2990, weight: 7 },
  { sku: 'HR-103', name: 'Tidal Filter, 250 g', category: 'Beans', priceEuroCents: 1090, weight: 9 },
  { sku: 'HR-104', name: 'Low Tide Decaf, 250 g', category: 'Beans', priceEuroCents: 1150, weight: 5 },
  { sku: 'HR-105', name: 'Ethiopia Guji, washed, 250 g', category: 'Beans', priceEuroCents: 1390, weight: 6 },
  { sku: 'HR-106', name: 'Colombia Huila “Café Viejo”, 250 g', category: 'Beans', priceEuroCents: 1290, weight: 6 },
  { sku: 'HR-201', name: 'Keel V60 Set', category: 'Brewing', priceEuroCents: 3990, weight: 4 },
  { sku: 'HR-202', name: 'Anchor French Press', category: 'Brewing', priceEuroCents: 3490, weight: 4 },
  { sku: 'HR-203', name: 'Paper Filters, 100 pieces', category: 'Brewing', priceEuroCents: 590, weight: 8 },
  { sku: 'HR-301', name: 'Bosun Hand Grinder', category: 'Grinders', priceEuroCents: 7900, weight: 3 },
  { sku: 'HR-302', name: 'Bosun Electric Grinder', category: 'Grinders', priceEuroCents: 24900, weight: 1 },
  { sku: 'HR-401', name: 'Captain Espresso Machine', category: 'Machines', priceEuroCents: 89900, weight: 0.5 },
  { sku: 'HR-501', name: 'Harbour Mug', category: 'Gifts', priceEuroCents: 1490, weight: 4 },
  { sku: 'HR-502', name: 'Gift Card', category: 'Gifts', priceEuroCents: 5000, weight: 2 },
];

export interface Plan {
  readonly name: string;
  readonly priceEuroCents: number;
}
export const PLANS: readonly Plan[] = [
  { name: 'Single Origin', priceEuroCents: 1900 },
  { name: 'Duo', priceEuroCents: 3400 },
  { name: 'Crew', priceEuroCents: 5900 },
];
export const OFFICE_PLAN: Plan = { name: 'Office', priceEuroCents: 24900 };

export const FEATURES = ['Brew Timer', 'Recipe Book', 'Grind Advisor', 'Delivery Calendar', 'Taste Journal', 'Refill Reminder'] as const;
export const ARTICLES = [
  'Where is my parcel?',
  'Cleaning the grinder',
  'Pause or skip a delivery',
  'Changing the delivery address',
  'Descaling the Captain',
] as const;
export const CAMPAIGNS = [
  'Harvest News',
  'Brewing Tips',
  'Winter Roasts',
  'New: Ethiopia Guji',
  'Spring Cleaning',
  'Last Call: Grinders',
] as const;
export const SEARCHES = [
  'decaf',
  'grinder',
  'v60',
  'gift',
  'kaffeemühle',
  'filtres',
  'café sin cafeína',
  'エスプレッソ',
  'cold brew',
  'descaler',
] as const;

/** A price in the country's money, with the digits that its coins have. */
export function priceIn(country: Country, euroCents: number): number {
  const tenths = Math.round((euroCents / 100) * country.perEuro * 10);
  return country.currencyDigits === 0 ? Math.round(tenths / 10) : tenths / 10;
}

export type Line = {
  readonly product_id: string;
  readonly sku: string;
  readonly name: string;
  readonly category: string;
  readonly price: number;
  readonly quantity: number;
};

export function lineOf(chance: Chance, country: Country): Line {
  const product = chance.weighted(PRODUCTS);
  const quantity = product.priceEuroCents < 4000 && chance.happens(0.3) ? chance.whole(2, 3) : 1;
  return {
    product_id: product.sku.toLowerCase(),
    sku: product.sku,
    name: product.name,
    category: product.category,
    price: priceIn(country, product.priceEuroCents),
    quantity,
  };
}

/** The sum of the lines, counted in tenths of the unit so that nothing is lost to binary fractions. */
export function totalOf(lines: readonly Line[]): number {
  return lines.reduce((sum, line) => sum + Math.round(line.price * 10) * line.quantity, 0) / 10;
}
