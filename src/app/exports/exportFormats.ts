import type { Json } from '../../kernel/json';
import type { ExportField } from './exportFields';

export interface ExportFormat {
  readonly contentType: string;
  /** What comes before the first member. */
  header(fields: readonly ExportField[]): string;
  line(fields: readonly ExportField[], values: readonly Json[]): string;
}

export const EXPORT_FORMATS: Readonly<Record<'ndjson' | 'csv', ExportFormat>> = {
  /** One object a line, with every field in the order asked for. */
  ndjson: {
    contentType: 'application/x-ndjson; charset=utf-8',
    header: () => '',
    line: (fields, values) => {
      let text = '{';
      for (let place = 0; place < fields.length; place++) {
        text += `${place === 0 ? '' : ','}${(fields[place] as ExportField).label}:${JSON.stringify(values[place])}`;
      }
      return `${text}}\n`;
    },
  },
  /** RFC 4180. Lists and objects as JSON, what there is none of as an empty cell. */
  csv: {
    contentType: 'text/csv; charset=utf-8; header=present',
    header: (fields) => `${fields.map(({ name }) => cell(name)).join(',')}\r\n`,
    line: (_fields, values) => `${values.map(cell).join(',')}\r\n`,
  },
};

/** Spreadsheets take text for a formula that begins so; the wide forms are typed in East Asia. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;
/** A telephone number or a negative number is no more than what it says. */
const HARMLESS = /^[+-][0-9]+([.][0-9]+)?$/;
const TO_BE_QUOTED = /["\r\n,]|^\s|\s$/;

function cell(value: Json): string {
  if (value === null) return '';
  const text = typeof value === 'string' ? defused(value) : JSON.stringify(value);
  return TO_BE_QUOTED.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function defused(text: string): string {
  return FORMULA.test(text) && !HARMLESS.test(text) ? `'${text}` : text;
}
