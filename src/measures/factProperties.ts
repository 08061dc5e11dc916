import { isJsonObject, type Json, type JsonObject } from '../kernel/json';
import { currencyCode, type Money, readMoney } from '../kernel/money';
import { idText } from '../timeline/subject';
import type { Fact } from './fact';

/** The first of these properties that numbers something, as text of its exact digits; null where none does. */
export function idOf(properties: JsonObject, ...names: readonly string[]): string | null {
  for (const name of names) {
    const id = idText(properties[name]);
    if (id !== null) return id;
  }
  return null;
}

/** What a fact says it belongs to, where it is of this type. */
export function subjectIdOf({ subject }: Fact, type: string): string | null {
  return subject?.type === type ? subject.externalId : null;
}

/** The first of these properties that is an amount, in the currency beside it, or in the one that is known otherwise. */
export function amountIn(properties: JsonObject, names: readonly string[], otherwise: string): Money | null {
  for (const name of names) {
    const money = readMoney(properties[name], currencyCode(properties['currency']) ?? otherwise);
    if (money) return money;
  }
  return null;
}

/** The products that a fact lists; null where it has no list, which is something other than an empty one. */
export function productsOf(properties: JsonObject): readonly JsonObject[] | null {
  const { products } = properties;
  return Array.isArray(products) ? products.filter(isJsonObject) : null;
}

/** What a product is told apart by. */
export function productIdOf(product: JsonObject): string | null {
  return idOf(product, 'product_id', 'productId', 'sku', 'variant', 'name');
}

const MOST_PIECES = 1e9;

/** How many pieces: a whole number above 0, else 1. */
export function piecesOf(quantity: Json | undefined): number {
  const number = typeof quantity === 'string' && quantity.length <= 10 ? Number(quantity) : quantity;
  return typeof number === 'number' && Number.isSafeInteger(number) && number > 0 && number <= MOST_PIECES ? number : 1;
}
