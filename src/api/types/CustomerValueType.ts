import { Float, Int, ObjectType } from 'type-graphql';
import type { Money } from '../../kernel/money';
import { PlainField } from '../plainField';
import { MoneyType } from './MoneyType';

@ObjectType('CustomerValue', {
  description: 'Amounts are of the currency in which the customer ordered most often; others are never summed in.',
})
export class CustomerValueType {
  @PlainField(() => Int)
  declare readonly orders: number;

  @PlainField(() => MoneyType, { nullable: true, description: 'Of all orders, refunds taken off.' })
  declare readonly revenue: Money | null;

  @PlainField(() => MoneyType, { nullable: true, description: 'Revenue by orders.' })
  declare readonly averageOrderValue: Money | null;

  @PlainField(() => String, {
    nullable: true,
    description: 'Quintiles of recency, frequency and money among the customers, 5 the best, such as 545; null without orders.',
  })
  declare readonly rfm: string | null;

  @PlainField(() => Float, { nullable: true, description: 'BG/NBD: probability that the customer is still active.' })
  declare readonly aliveProbability: number | null;

  @PlainField(() => Float, { nullable: true, description: 'BG/NBD and Gamma-Gamma: expected in the next 90 days.' })
  declare readonly predictedOrders90d: number | null;

  @PlainField(() => MoneyType, { nullable: true })
  declare readonly predictedValue90d: Money | null;

  @PlainField(() => Float, { nullable: true })
  declare readonly churnRisk: number | null;
}
