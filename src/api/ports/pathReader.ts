import type { InteractionKind } from '../../kernel/vocabulary';
import type { Window } from '../../measures/touches/orderTouches';
import type { Paths } from '../../measures/touches/paths';

/** Which interactions of a customer a step of a funnel asks for; null asks for any. */
export interface TouchSelection {
  readonly kind: InteractionKind | null;
  readonly name: string | null;
}

/** Customers' paths, as of the last batch that was processed. */
export interface PathReader {
  /** Refuses with INVALID_INPUT where there is more in the window than can be looked at in one piece. */
  readPaths(workspaceId: number, window: Window): Promise<Paths>;
  /**
   * The JSON texts of the properties of all interactions that these touches are of, by their places in the list. Several interactions of one identifier at one
   * time answer each of them.
   */
  readProperties(
    workspaceId: number,
    selection: TouchSelection,
    touches: readonly { readonly identifierId: bigint; readonly occurredAtMs: number }[],
  ): Promise<readonly (readonly string[])[]>;
}
