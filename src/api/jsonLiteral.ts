import { Kind, type ValueNode } from 'graphql';
import type { Json, JsonObject } from '../kernel/json';

/**
 * A JSON value written into the query. A number that a double can't hold exactly becomes a string of its own text, as it does at every
 * other door; an enum value is taken by its name.
 */
export function jsonOfLiteral(node: ValueNode, variables: Readonly<Record<string, unknown>> | null | undefined): Json {
  switch (node.kind) {
    case Kind.STRING:
    case Kind.BOOLEAN:
    case Kind.ENUM:
      return node.value;
    case Kind.INT:
      return Number.isSafeInteger(Number(node.value)) ? Number(node.value) : node.value;
    case Kind.FLOAT:
      return Number.isFinite(Number(node.value)) ? Number(node.value) : node.value;
    case Kind.LIST:
      return node.values.map((item) => jsonOfLiteral(item, variables));
    case Kind.OBJECT: {
      const object: Record<string, Json> = Object.create(null);
      for (const field of node.fields) object[field.name.value] = jsonOfLiteral(field.value, variables);
      return object as JsonObject;
    }
    case Kind.VARIABLE:
      return (variables?.[node.name.value] ?? null) as Json;
    case Kind.NULL:
      return null;
  }
}
