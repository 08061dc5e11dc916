import { ID, InterfaceType } from 'type-graphql';
import { PlainField } from '../plainField';

@InterfaceType('Node')
export abstract class NodeType {
  @PlainField(() => ID)
  abstract readonly id: string;
}
