import { ObjectType } from 'type-graphql';
import type { Money } from '../../kernel/money';
import { PlainField } from '../plainField';

@ObjectType('Money')
export class MoneyType implements Money {
  @PlainField(() => String, { description: 'A decimal, exact, with the digits that the currency has.' })
  declare readonly amount: string;

  @PlainField(() => String, { description: 'ISO 4217' })
  declare readonly currency: string;
}
