import { parseJson, parseJsonExactly } from '../../intake/parseJson';
import { isJsonObject, type JsonObject } from '../../kernel/json';
import {
  CHANNELS,
  type Channel,
  DEPARTMENTS,
  type Department,
  DIRECTIONS,
  type Direction,
  INTERACTION_KINDS,
  type InteractionKind,
} from '../../kernel/vocabulary';
import type { Fact } from '../../measures/fact';

/** The columns of a fact as one text, in this order, as `INTERACTION_TEXT` has those of an interaction. */
export const FACT_TEXT = `
  concat_ws(
    e'\\x1f', fact.interaction_id, translate(fact.message_id, e'\\x1e\\x1f', '  '), round(extract(epoch from fact.occurred_at) * 1000), fact.kind,
    fact.department, fact.channel, fact.direction, fact.source_id, translate(fact.name, e'\\x1e\\x1f', '  '),
    coalesce(translate(fact.subject_type, e'\\x1e\\x1f', '  '), ''), coalesce(translate(fact.subject_id, e'\\x1e\\x1f', '  '), ''),
    coalesce(fact.properties::text, '')
  )`;

const FACT_SEPARATOR = '\x1e';
const FIELD_SEPARATOR = '\x1f';
/** Whether a number may be among them that a double can't hold. */
const INEXACT = /\d{16}|\d[eE]\+?\d{3}/;
const NO_PROPERTIES: JsonObject = {};

/** From `FACT_TEXT`s kept apart by U+001E, in their order. */
export function readFactTexts(texts: string): Fact[] {
  return texts.split(FACT_SEPARATOR).map(readFactText);
}

function readFactText(text: string): Fact {
  const fields = text.split(FIELD_SEPARATOR) as FactTuple;
  return {
    interactionId: fields[0],
    messageId: fields[1],
    occurredAtMs: Number(fields[2]),
    kind: INTERACTION_KINDS[Number(fields[3])] as InteractionKind,
    department: DEPARTMENTS[Number(fields[4])] as Department,
    channel: CHANNELS[Number(fields[5])] as Channel,
    direction: DIRECTIONS[Number(fields[6])] as Direction,
    sourceId: Number(fields[7]),
    name: fields[8],
    subject: fields[9] === '' ? null : { type: fields[9], externalId: fields[10] },
    properties: fields[11] === '' ? NO_PROPERTIES : propertiesOf(fields[11]),
  };
}

function propertiesOf(text: string): JsonObject {
  const properties = INEXACT.test(text) ? parseJsonExactly(text) : parseJson(text);
  return isJsonObject(properties as JsonObject) ? (properties as JsonObject) : NO_PROPERTIES;
}

type FactTuple = [string, string, string, string, string, string, string, string, string, string, string, string];
