import { Int, ObjectType } from 'type-graphql';
import type { JsonObject } from '../../kernel/json';
import type { Money } from '../../kernel/money';
import type { Cart } from '../../measures/cart';
import type { Order } from '../../measures/order';
import { maskObject, maskText } from '../masking';
import { PlainField } from '../plainField';
import { DateTimeScalar, JsonObjectScalar } from '../scalars';
import { MoneyType } from './MoneyType';

@ObjectType('Cart')
export class CartType {
  constructor(
    private readonly cart: Cart,
    private readonly masked: boolean,
  ) {}

  @PlainField(() => [JsonObjectScalar], { description: 'As the shop sent them; masked without the scope pii:read.' })
  get items(): readonly JsonObject[] {
    const { items } = this.cart;
    return this.masked ? items.map((item) => maskObject(item)) : items;
  }

  @PlainField(() => MoneyType, { nullable: true, description: 'Null where not every price is known, or currencies differ.' })
  get value(): Money | null {
    return this.cart.value;
  }

  @PlainField(() => DateTimeScalar)
  get updatedAt(): number {
    return this.cart.updatedAtMs;
  }

  @PlainField(() => Boolean, { description: 'Untouched for an hour without an order.' })
  get abandoned(): boolean {
    return this.cart.abandoned;
  }
}

@ObjectType('Order')
export class OrderType {
  constructor(
    private readonly order: Order,
    private readonly masked: boolean,
  ) {}

  @PlainField(() => String)
  get externalId(): string {
    return this.masked ? maskText(this.order.externalId) : this.order.externalId;
  }

  @PlainField(() => DateTimeScalar)
  get placedAt(): number {
    return this.order.placedAtMs;
  }

  @PlainField(() => MoneyType, { description: 'As ordered, refunds not taken off.' })
  get value(): Money {
    return this.order.value;
  }

  @PlainField(() => String, { description: 'PLACED, DELIVERED, CANCELLED, PARTLY_REFUNDED or REFUNDED.' })
  get status(): string {
    return this.order.status;
  }

  @PlainField(() => Int)
  get items(): number {
    return this.order.items;
  }
}
