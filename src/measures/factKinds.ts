import { INTERACTION_KINDS, type InteractionKind } from '../kernel/vocabulary';

/** Kinds that say no more than having been there. Most of a timeline are these; the index over facts leaves them out, so they are as fixed as it is. */
const TOUCHES_ONLY = [
  'CUSTOM',
  'AD_SEEN',
  'PAGE_VIEWED',
  'SCREEN_VIEWED',
  'PRODUCT_VIEWED',
  'FEATURE_USED',
  'APP_OPENED',
] as const satisfies readonly InteractionKind[];

/** Kinds that say something beyond having been there: measures are computed from these. */
export type FactKind = Exclude<InteractionKind, (typeof TOUCHES_ONLY)[number]>;

const TOUCHES: ReadonlySet<string> = new Set(TOUCHES_ONLY);

/** As they are stored: indexes into the vocabulary, ascending. */
export const TOUCH_ONLY_CODES: readonly number[] = INTERACTION_KINDS.flatMap((kind, code) => (TOUCHES.has(kind) ? [code] : []));

export function isFactKind(kind: InteractionKind): kind is FactKind {
  return !TOUCHES.has(kind);
}
