import type { Role } from './roles';

/** What a field is read from: a column as it is, or a part of one. Columns are numbered as in the file. */
export type FieldOrigin =
  | { readonly kind: 'whole'; readonly column: number }
  | { readonly kind: 'givenNameOf' | 'surnameOf'; readonly column: number; readonly isSurnameFirst: boolean }
  | { readonly kind: 'houseNumberOf' | 'streetOf'; readonly column: number }
  /** The words of a full name that stand in no column of names. */
  | { readonly kind: 'restOf'; readonly column: number; readonly besides: readonly number[] };

/** One field that records are compared by. */
export interface Field {
  readonly name: string;
  readonly role: Role;
  readonly origin: FieldOrigin;
}
