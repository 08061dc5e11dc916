import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

export const QUERY_LIMITS = {
  /** Of fields within fields. GraphiQL's introspection has 13. */
  depth: 15,
  aliases: 50,
  directives: 50,
  /** Fields of the operation itself. */
  rootFields: 20,
  tokens: 2_000,
  /** Fields that could be answered, lists counted by their page size. */
  cost: 100_000,
} as const;

export interface QueryShape {
  readonly depth: number;
  readonly aliases: number;
  readonly directives: number;
  readonly rootFields: number;
}

const NOTHING: QueryShape = { depth: 0, aliases: 0, directives: 0, rootFields: 0 };

/** How deep and wide the widest operation of a document is, fragments counted wherever they are spread. Linear in the document. */
export function shapeOf(document: DocumentNode): QueryShape {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const measured = new Map<string, QueryShape>();
  const operations = document.definitions.filter(
    (definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION,
  );
  return operations.map((operation) => withDirectives(operation, measure(operation.selectionSet))).reduce(widest, NOTHING);

  function measure(set: SelectionSetNode): QueryShape {
    return set.selections.map(measureSelection).reduce(beside, NOTHING);
  }

  function measureSelection(selection: SelectionSetNode['selections'][number]): QueryShape {
    if (selection.kind === Kind.FIELD) return withDirectives(selection, measureField(selection));
    if (selection.kind === Kind.INLINE_FRAGMENT) return withDirectives(selection, measure(selection.selectionSet));
    return withDirectives(selection, measureFragment(selection.name.value));
  }

  function measureField(field: FieldNode): QueryShape {
    const inner = field.selectionSet ? measure(field.selectionSet) : NOTHING;
    return { ...inner, depth: inner.depth + 1, aliases: inner.aliases + (field.alias ? 1 : 0), rootFields: 1 };
  }

  /** A fragment within itself counts as nothing here; validation refuses it. */
  function measureFragment(name: string): QueryShape {
    const known = measured.get(name);
    if (known) return known;
    const fragment = fragments.get(name);
    if (!fragment) return NOTHING;
    measured.set(name, NOTHING);
    const shape = withDirectives(fragment, measure(fragment.selectionSet));
    measured.set(name, shape);
    return shape;
  }
}

function withDirectives(node: { readonly directives?: readonly unknown[] | undefined }, shape: QueryShape): QueryShape {
  return { ...shape, directives: shape.directives + (node.directives?.length ?? 0) };
}

function beside(left: QueryShape, right: QueryShape): QueryShape {
  return {
    depth: Math.max(left.depth, right.depth),
    aliases: left.aliases + right.aliases,
    directives: left.directives + right.directives,
    rootFields: left.rootFields + right.rootFields,
  };
}

function widest(left: QueryShape, right: QueryShape): QueryShape {
  const most = (key: keyof QueryShape) => Math.max(left[key], right[key]);
  return { depth: most('depth'), aliases: most('aliases'), directives: most('directives'), rootFields: most('rootFields') };
}

/** Throws QUERY_TOO_COMPLEX, naming the limit. */
export function checkShape(document: DocumentNode): void {
  const shape = shapeOf(document);
  const names = { depth: 'levels', aliases: 'aliases', directives: 'directives', rootFields: 'fields at the top' };
  for (const [key, name] of Object.entries(names) as [keyof QueryShape, string][]) {
    if (shape[key] > QUERY_LIMITS[key]) throw tooComplex(`The query has ${shape[key]} ${name}; at most ${QUERY_LIMITS[key]} are allowed.`);
  }
}

export function tooComplex(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'QUERY_TOO_COMPLEX', http: { status: 400 } } });
}
