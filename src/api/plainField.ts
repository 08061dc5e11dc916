import { Field } from 'type-graphql';

type FieldType = Parameters<typeof Field>[0];
type FieldOptions = NonNullable<Parameters<typeof Field>[1]>;

/**
 * A field that is read straight off the object, also where it is a getter. type-graphql would put a resolver before a getter; without
 * one a field costs a property access, and a getter nobody selects is never run.
 */
export function PlainField(returnType: FieldType, options: FieldOptions & { nullable?: boolean; description?: string } = {}) {
  return (prototype: object, key: string): void => {
    (Field(returnType as () => StringConstructor, { ...options, simple: true }) as (target: object, property: string) => void)(
      prototype,
      key,
    );
  };
}
