import { Float, Int, ObjectType } from 'type-graphql';
import type { Money } from '../../kernel/money';
import { PlainField } from '../plainField';
import { MoneyType } from './MoneyType';

@ObjectType('AttributionCredit')
export class AttributionCreditType {
  @PlainField(() => String, { description: 'The campaign, channel or kind of the touches.' })
  declare readonly label: string;

  @PlainField(() => Float)
  declare readonly conversions: number;

  @PlainField(() => [MoneyType], { description: 'What these orders came to, one sum a currency; empty by the model MARKOV.' })
  declare readonly values: readonly Money[];

  @PlainField(() => Float, { nullable: true, description: 'MARKOV: the share of conversions that would be lost without it.' })
  declare readonly removalEffect: number | null;
}

@ObjectType('Attribution', {
  description: 'Which touches orders are owed to, as the model shares them out; it does not say what would have been without.',
})
export class AttributionType {
  @PlainField(() => Int)
  declare readonly conversions: number;

  @PlainField(() => Int, { description: "Orders without any touch before them: nobody's." })
  declare readonly untouched: number;

  @PlainField(() => Float, { nullable: true, description: 'MARKOV: from the start to an order, in the chain.' })
  declare readonly conversionProbability: number | null;

  @PlainField(() => [AttributionCreditType], { description: 'Most conversions first.' })
  declare readonly credits: readonly AttributionCreditType[];
}
