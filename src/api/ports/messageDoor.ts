import type { JsonObject } from '../../kernel/json';

export interface AcceptedMessages {
  readonly accepted: number;
  /** Null where nothing was accepted. */
  readonly position: string | null;
}

/** `isServer`: the server itself has something to tell, of somebody who may have neither a user id nor an anonymous id. */
export interface MessageSender {
  readonly workspaceId: number;
  readonly sourceId: number;
  readonly isServer?: boolean;
}

/** The same door that POST /v1/batch goes through. */
export interface MessageDoor {
  /** Durable when it answers; messages it refuses are kept as dead letters. */
  accept(sender: MessageSender, messages: readonly JsonObject[]): Promise<AcceptedMessages>;
  /** Null where the door would take it; else why not. */
  check(sender: MessageSender, message: JsonObject): { readonly code: string; readonly reason: string } | null;
}
