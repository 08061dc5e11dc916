import { ObjectType } from 'type-graphql';
import { PlainField } from '../plainField';

@ObjectType('PageInfo')
export class PageInfoType {
  @PlainField(() => Boolean)
  declare readonly hasNextPage: boolean;

  @PlainField(() => Boolean)
  declare readonly hasPreviousPage: boolean;

  @PlainField(() => String, { nullable: true })
  declare readonly startCursor: string | null;

  @PlainField(() => String, { nullable: true })
  declare readonly endCursor: string | null;
}
