/** Milliseconds since the epoch, UTC. Everything that needs the time is handed one of these. */
export type Clock = () => number;

/** Makes a new id (UUID version 7: later ids sort after earlier ones). */
export type NewId = () => string;
