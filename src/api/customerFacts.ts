import { parseJson, parseJsonExactly } from '../intake/parseJson';
import { isJsonObject, type Json, type JsonObject } from '../kernel/json';
import { byTime, type Fact } from '../measures/fact';
import type { FactRecords, InteractionRecord } from './ports/timelineReader';

/** A customer's facts, each with the interaction that it is. */
export interface CustomerFacts {
  /** In order (`byTime`). */
  readonly facts: readonly Fact[];
  /** By interaction id. */
  readonly records: ReadonlyMap<string, InteractionRecord>;
  readonly locale: string | null;
  readonly timezone: string | null;
}

/** Whether a number may be among them that a double can't hold. */
const INEXACT = /\d{16}|\d[eE]\+?\d{3}/;

export function customerFacts({ records, locale, timezone }: FactRecords): CustomerFacts {
  const byId = new Map(records.map((record) => [record.interactionId, record]));
  return { facts: records.map(factOf).sort(byTime), records: byId, locale, timezone };
}

function factOf(record: InteractionRecord): Fact {
  const { interactionId, messageId, occurredAtMs, kind, department, channel, direction, sourceId, name, subjectType, subjectId } = record;
  const subject = subjectType === null || subjectId === null ? null : { type: subjectType, externalId: subjectId };
  const properties = propertiesOf(record.properties);
  return { interactionId, messageId, occurredAtMs, kind, department, channel, direction, sourceId, name, subject, properties };
}

/** Of a record: JSON text of an object. Ids beyond 2^53 keep every digit. */
export function propertiesOf(text: string): JsonObject {
  const properties = (INEXACT.test(text) ? parseJsonExactly(text) : parseJson(text)) as Json;
  return isJsonObject(properties) ? properties : {};
}
