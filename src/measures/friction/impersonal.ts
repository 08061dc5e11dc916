import { isJsonObject, type Json, type JsonObject } from '../../kernel/json';
import type { InteractionKind } from '../../kernel/vocabulary';
import type { Fact } from '../fact';
import type { Order } from '../order';
import { openComplaints } from './complaint';
import type { FrictionHistory } from './history';
import type { Sign } from './sign';

/**
 * The company promotes something that the customer has already bought, which is over as soon as it is sent, or promotes anything while the customer's
 * complaint is open, which is over when the complaint is.
 */
export function impersonalPromotions(history: FrictionHistory): Sign[] {
  const complaints = openComplaints(history);
  return promotionsIn(history.facts).flatMap((promotion) => {
    const { occurredAtMs: atMs } = promotion;
    const complaint = complaints.find(({ complaining, toMs }) => complaining.occurredAtMs <= atMs && (toMs === null || atMs < toMs));
    if (complaint && promotion.kind !== 'PROMOTION_VIEWED') {
      const message = `Got a promotion while ${complaint.name} was open`;
      return [signOf(promotion, complaint.complaining, message, complaint.toMs)];
    }
    const bought = boughtBefore(promotion, history.orders);
    return bought ? [signOf(promotion, bought.placing, `Got a promotion of ${bought.product}, which they have bought`, atMs)] : [];
  });
}

function signOf(promotion: Fact, because: Fact, message: string, endsAtMs: number | null): Sign {
  return {
    kind: 'IMPERSONAL',
    about: promotion,
    evidence: [because, promotion],
    severity: endsAtMs === promotion.occurredAtMs ? 'LOW' : 'MEDIUM',
    detectedAtMs: promotion.occurredAtMs,
    endsAtMs,
    message,
  };
}

const CAMPAIGN = [
  'campaign_id',
  'campaign_name',
  'promotion_id',
  'promotion_name',
  'coupon',
  'discount',
  'products',
  'product_id',
  'sku',
] as const;

/** Each once: a tool that tells of an e-mail's delivery has often told that it was sent, but many tell of the delivery alone. */
function promotionsIn(facts: readonly Fact[]): readonly Fact[] {
  const promotions = facts.filter(isPromotion);
  const sent = new Set(promotions.filter(({ kind }) => kind === 'EMAIL_SENT').map(emailOf));
  return promotions.filter((fact) => fact.kind !== 'EMAIL_DELIVERED' || !sent.has(emailOf(fact)));
}

function emailOf({ sourceId, subject, interactionId }: Fact): string {
  return subject?.type === 'email' ? `${sourceId} ${subject.externalId}` : interactionId;
}

const SENDING: ReadonlySet<InteractionKind> = new Set(['EMAIL_SENT', 'EMAIL_DELIVERED', 'MESSAGE_SENT']);

/** What marketing sends as part of a campaign or with products in it; confirmations and receipts carry neither. */
function isPromotion({ kind, direction, department, properties }: Fact): boolean {
  if (kind === 'PROMOTION_VIEWED') return true;
  if (!SENDING.has(kind) || direction !== 'OUTBOUND' || properties['order_id'] !== undefined) return false;
  return department === 'MARKETING' && CAMPAIGN.some((name) => properties[name] !== undefined && properties[name] !== null);
}

interface Bought {
  readonly product: string;
  readonly placing: Fact;
}

function boughtBefore(promotion: Fact, orders: readonly Order[]): Bought | null {
  const promoted = productsOn(promotion.properties);
  for (const order of orders) {
    const placing = order.facts.find((fact) => fact.kind === 'ORDER_PLACED');
    if (!placing || placing.occurredAtMs >= promotion.occurredAtMs || wasGivenBack(order, promotion.occurredAtMs)) continue;
    const bought = order.facts.filter((fact) => fact.occurredAtMs <= promotion.occurredAtMs).flatMap((fact) => productsOn(fact.properties));
    const match = promoted.find((product) => bought.some((own) => own.marks.some((mark) => product.marks.includes(mark))));
    if (match) return { product: match.name, placing };
  }
  return null;
}

function wasGivenBack({ facts, status }: Order, atMs: number): boolean {
  const isOver = status === 'CANCELLED' || status === 'REFUNDED';
  return isOver && facts.some((fact) => (fact.kind === 'ORDER_CANCELLED' || fact.kind === 'REFUND_MADE') && fact.occurredAtMs <= atMs);
}

interface Product {
  readonly name: string;
  /** What two mentions of one product have in common: id, article number or name. */
  readonly marks: readonly string[];
}

function productsOn(properties: JsonObject): Product[] {
  const listed: readonly Json[] = Array.isArray(properties['products']) ? properties['products'] : [];
  return [...listed.filter(isJsonObject), properties].flatMap((product) => {
    const id = text(product['product_id'] ?? product['productId'] ?? product['id']);
    const sku = text(product['sku']);
    const name = text(product['name']);
    const marks = [id && `id:${id}`, sku && `sku:${sku}`, name && `name:${name.toLowerCase()}`].filter((mark) => mark !== '');
    return marks.length > 0 ? [{ name: name || id || sku, marks }] : [];
  });
}

function text(value: Json | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}
