/** SQLSTATE classes in which the data is at fault and the same data would fail again: data exception, integrity, program limit. */
const DATA_CLASSES = new Set(['22', '23', '54']);

/** Whether an error comes from what was written, and not from the state the database is in. Also true of bugs in our own code. */
export function isDataError(error: unknown): boolean {
  if (error instanceof TypeError || error instanceof RangeError) return true;
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return typeof code === 'string' && code.length === 5 && DATA_CLASSES.has(code.slice(0, 2));
}

/** Whether an interaction is on the timeline already. */
export function isDuplicateInteraction(error: unknown): boolean {
  return error instanceof Error && 'constraint' in error && error.constraint === 'interaction_pkey';
}
