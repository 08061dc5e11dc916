import type { InteractionKind } from '../../kernel/vocabulary';
import type { CustomerIndex } from '../../measures/touches/customerIndex';
import type { Window } from '../../measures/touches/joinChunks';
import type { Paths } from '../../measures/touches/paths';
import type { TouchColumns } from '../../measures/touches/touchColumns';

/** Which interactions of a customer a step of a funnel asks for; null asks for any. */
export interface TouchSelection {
  readonly kind: InteractionKind | null;
  readonly name: string | null;
}

/** Which part of all paths is asked for. */
export interface PathWindow extends Window {
  /** Of those who are in this segment now; null: of all customers. */
  readonly segmentId: string | null;
}

/** Customers' paths, as of the last batch that was processed. */
export interface PathReader {
  /** Refuses with INVALID_INPUT where there is more in the window than can be looked at in one piece. */
  readPaths(workspaceId: number, window: PathWindow): Promise<Paths>;
  /** Shows chunk after chunk to what `visitorOf` makes of the customers. Touches before and after the window are among them. Answers what it made. */
  visitChunks<Visitor extends { add(columns: TouchColumns): void }>(
    workspaceId: number,
    window: PathWindow,
    visitorOf: (customers: CustomerIndex) => Visitor,
  ): Promise<Visitor>;
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
