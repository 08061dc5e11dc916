import { type ClientBase, type Connection, Query } from 'pg';

/** Rows in PostgreSQL's binary COPY format, as whole messages of the protocol: the data, and that it ends. */
export type CopyMessages = Buffer;

const COPY_DATA = 'd'.charCodeAt(0);
const COPY_DONE = Buffer.from([/* c */ 99, 0, 0, 0, 4]);
/** Type and length of the message, then the signature, no flags, and no extension of the header. */
const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
/** In place of a row's number of fields: no more rows. */
const TRAILER = Buffer.from([0xff, 0xff]);
/** Where the first row goes in a buffer of the messages. */
export const COPY_ROWS_AT = 5 + SIGNATURE.length;
/** What the buffer must have behind the last row. */
export const COPY_END_BYTES = TRAILER.length + COPY_DONE.length;

/** `buffer` holds rows from COPY_ROWS_AT up to `end`, and has COPY_END_BYTES of room behind them. */
export function copyMessages(buffer: Buffer, end: number): CopyMessages {
  buffer[0] = COPY_DATA;
  buffer.writeInt32BE(end + TRAILER.length - 1, 1);
  buffer.set(SIGNATURE, 5);
  buffer.set(TRAILER, end);
  buffer.set(COPY_DONE, end + TRAILER.length);
  return buffer.subarray(0, end + COPY_END_BYTES);
}

/**
 * `copy … from stdin binary` on a pipelined connection: the rows follow the statement without waiting for the server to ask for them. One
 * that never comes to ask, because a statement before it failed, passes them over (PostgreSQL, "Message Flow: COPY Operations").
 */
export function copyIn(client: ClientBase, text: string, rows: CopyMessages): Promise<void> {
  return new Promise((resolve, reject) => {
    client.query(new CopyIn(text, rows, (error) => (error ? reject(error) : resolve())));
  });
}

class CopyIn extends Query {
  constructor(
    private readonly copy: string,
    private readonly rowMessages: CopyMessages,
    done: (error: Error | undefined) => void,
  ) {
    super(copy, done);
  }

  override submit = (connection: Connection): void => {
    connection.query(this.copy);
    connection.stream.write(this.rowMessages);
  };

  handleCopyInResponse(): void {
    // The server asks for what is on its way.
  }
}
