/** Records with their truth: the person that each is of. */
export interface DataSet {
  readonly header: readonly string[];
  readonly rows: readonly LabelledRow[];
}

export interface LabelledRow {
  readonly values: readonly string[];
  readonly person: string;
}
