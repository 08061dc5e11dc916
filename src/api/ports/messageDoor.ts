import type { JsonObject } from '../../kernel/json';

export interface AcceptedMessages {
  readonly accepted: number;
  /** Null where nothing was accepted. */
  readonly position: string | null;
}

/** The same door that POST /v1/batch goes through. */
export interface MessageDoor {
  /** Durable when it answers; messages it refuses are kept as dead letters. */
  accept(source: { readonly workspaceId: number; readonly sourceId: number }, messages: readonly JsonObject[]): Promise<AcceptedMessages>;
  /** Null where the door would take it; else why not. */
  check(
    source: { readonly workspaceId: number; readonly sourceId: number },
    message: JsonObject,
  ): { readonly code: string; readonly reason: string } | null;
}
