import { Float, Int, ObjectType } from 'type-graphql';
import { PlainField } from '../plainField';
import type { FittedValueRecord } from '../ports/valueModels';
import { DateTimeScalar } from '../scalars';

@ObjectType('OrderingModel', { description: 'BG/NBD (Fader, Hardie, Lee 2005): how often customers order, and when they stop. In days.' })
export class OrderingModelType {
  @PlainField(() => Float)
  declare readonly r: number;

  @PlainField(() => Float)
  declare readonly alpha: number;

  @PlainField(() => Float)
  declare readonly a: number;

  @PlainField(() => Float)
  declare readonly b: number;

  @PlainField(() => Float)
  declare readonly logLikelihood: number;

  @PlainField(() => Int)
  declare readonly customers: number;

  @PlainField(() => Boolean)
  declare readonly converged: boolean;
}

@ObjectType('SpendingModel', {
  description: 'Gamma-Gamma (Fader, Hardie 2013): how much customers spend a day with an order, in one currency.',
})
export class SpendingModelType {
  @PlainField(() => String)
  declare readonly currency: string;

  @PlainField(() => Float)
  declare readonly p: number;

  @PlainField(() => Float)
  declare readonly q: number;

  @PlainField(() => Float)
  declare readonly v: number;

  @PlainField(() => Float)
  declare readonly logLikelihood: number;

  @PlainField(() => Int, { description: 'Those who ordered on a second day.' })
  declare readonly customers: number;

  @PlainField(() => Boolean)
  declare readonly converged: boolean;
}

@ObjectType('EndingModel', { description: 'Shifted beta-geometric (Fader, Hardie 2007): how likely a subscription ends in a month.' })
export class EndingModelType {
  @PlainField(() => Float)
  declare readonly alpha: number;

  @PlainField(() => Float)
  declare readonly beta: number;

  @PlainField(() => Float)
  declare readonly logLikelihood: number;

  @PlainField(() => Int)
  declare readonly subscriptions: number;

  @PlainField(() => Boolean)
  declare readonly converged: boolean;
}

@ObjectType('ValueModel', {
  description:
    'Learnt of all customers of the workspace by maximum likelihood, daily. A model is null where there is too little to learn it from.',
})
export class ValueModelType {
  constructor(private readonly record: FittedValueRecord) {}

  @PlainField(() => DateTimeScalar)
  get fittedAt(): number {
    return this.record.fittedAtMs;
  }

  @PlainField(() => Int, { description: 'Who had ordered by then.' })
  get customers(): number {
    return this.record.customers;
  }

  @PlainField(() => OrderingModelType, { nullable: true })
  get ordering(): OrderingModelType | null {
    return this.record.model.ordering;
  }

  @PlainField(() => [SpendingModelType])
  get spending(): readonly SpendingModelType[] {
    return Object.entries(this.record.model.spending).map(([currency, fit]) => ({ currency, ...fit }));
  }

  @PlainField(() => EndingModelType, { nullable: true })
  get ending(): EndingModelType | null {
    return this.record.model.ending;
  }
}
