import type { FieldModel, MatchModel } from './matchModel';

/** A model as it is stored: its frequencies as pairs of value and share. */
type StoredModel = Omit<MatchModel, 'fields'> & {
  readonly fields: readonly (Omit<FieldModel, 'frequencies'> & { readonly frequencies: readonly (readonly [string, number])[] })[];
};

/** The model as JSON text; `readModel` gives the same model back. */
export function writeModel(model: MatchModel): string {
  const stored: StoredModel = { ...model, fields: model.fields.map((field) => ({ ...field, frequencies: [...field.frequencies] })) };
  return JSON.stringify(stored);
}

/** Reads what `writeModel` wrote. */
export function readModel(text: string): MatchModel {
  const stored = JSON.parse(text) as StoredModel;
  return { ...stored, fields: stored.fields.map((field) => ({ ...field, frequencies: new Map(field.frequencies) })) };
}
