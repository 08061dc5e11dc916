import { isJsonObject, type JsonObject } from '../kernel/json';
import { MessageRefusal } from './messageRefusal';

const NOTHING: JsonObject = Object.freeze({});

/** Reads one message's fields and keeps the first fault it meets, so that a check reads as a list of fields. */
export class FieldReader {
  fault: MessageRefusal | null = null;

  /** Text, or a number as its digits; null where it is absent, null or blank. */
  text(field: string, value: unknown, maxCharacters: number): string | null {
    if (value === undefined || value === null || value === '') return null;
    if (typeof value === 'number') return String(value);
    if (typeof value !== 'string') return this.refuse(field, 'must be a string or a number');
    if (value.length > maxCharacters) return this.refuse(field, `is longer than ${maxCharacters} characters`);
    return isBlank(value) ? null : value;
  }

  /** An object; empty where it is absent or null. */
  object(field: string, value: unknown): JsonObject {
    if (value === undefined || value === null) return NOTHING;
    if (isJsonObject(value)) return value;
    this.refuse(field, 'must be an object');
    return NOTHING;
  }

  /** Notes that a field the call needs is not there. */
  need(field: string, call: string, value: string | null): void {
    if (value === null) this.fault ??= new MessageRefusal('MESSAGE_FIELD_MISSING', `A message of type ${call} needs ${field}.`);
  }

  private refuse(field: string, why: string): null {
    this.fault ??= new MessageRefusal('MESSAGE_FIELD_INVALID', `${field} ${why}.`);
    return null;
  }
}

function isBlank(text: string): boolean {
  return text.charCodeAt(0) <= 0x20 && text.trim() === '';
}
