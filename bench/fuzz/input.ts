/** One request to the server, whatever becomes of it. */
export interface HttpInput {
  readonly kind: 'http';
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | null;
  /** Ids of messages that must be found again where they were accepted. */
  readonly messageIds: readonly string[];
}

/** Bytes on a connection that may be no HTTP. */
export interface RawInput {
  readonly kind: 'raw';
  readonly bytes: Buffer;
}

/** Frames on a WebSocket, in turn. */
export interface SocketInput {
  readonly kind: 'socket';
  readonly path: string;
  readonly protocols: readonly string[];
  readonly frames: readonly (string | Buffer)[];
}

export type FuzzInput = HttpInput | RawInput | SocketInput;

export interface FuzzTarget {
  /** http://host:port */
  readonly address: string;
  readonly apiKey: string;
  readonly writeKey: string;
  /** Sources of vendors, with the secret that signs their deliveries. */
  readonly vendors: readonly { readonly type: string; readonly path: string; readonly secret: string }[];
}
