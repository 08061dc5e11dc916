/** Who changes something, for the audit log. */
export interface Author {
  /** The name of the API key, or the `sub` of who signed in. */
  readonly actor: string;
  /** The id of the entry. */
  readonly auditId: string;
  readonly atMs: number;
}
