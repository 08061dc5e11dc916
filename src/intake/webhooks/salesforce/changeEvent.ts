import type { JsonObject } from '../../../kernel/json';
import { messageIdOf } from '../messageName';
import { neededText, neededTime, objectIn, textIn, textsIn } from '../payload';
import { contextOf, type PersonOn } from '../personOn';
import { UnreadablePayload, type VendorMessage } from '../webhookVendor';

/** What Change Data Capture says of one record. A change event of several records is one of these each. */
export interface RecordChange {
  /** Contact, Lead, Opportunity, Case, … */
  readonly entity: string;
  readonly type: 'CREATE' | 'UPDATE' | 'UNDELETE';
  readonly recordId: string;
  /** Of a created record all fields that it has, else the changed ones only. */
  readonly fields: JsonObject;
  /** Names of the fields that were emptied. */
  readonly emptied: readonly string[];
  readonly id: string;
  readonly timestamp: string;
}

export type ReadChange = (change: RecordChange) => readonly VendorMessage[];

/** Salesforce could not say what changed (`GAP_…`), or the record is gone: there is nothing to read. */
const NOTHING_TO_READ = /^(?:GAP_|DELETE$)/;

/** Salesforce, "Change Data Capture: Change Event Header Fields". */
export function changesOf(payload: JsonObject): readonly RecordChange[] {
  const header = objectIn(payload, 'ChangeEventHeader');
  const type = neededText(header, 'changeType');
  if (NOTHING_TO_READ.test(type)) return [];
  if (type !== 'CREATE' && type !== 'UPDATE' && type !== 'UNDELETE') throw new UnreadablePayload(`The changeType ${type} is unknown.`);
  const timestamp = neededTime(header, 'commitTimestamp');
  const transaction = messageIdOf(neededText(header, 'transactionKey'), textIn(header, 'sequenceNumber'));
  const entity = neededText(header, 'entityName');
  const recordIds = [...new Set(textsIn(header, 'recordIds'))];
  if (recordIds.length === 0) throw new UnreadablePayload('The change event names no records.');
  const emptied = textsIn(header, 'nulledFields');
  return recordIds.map((recordId) => ({
    entity,
    type,
    recordId,
    fields: payload,
    emptied,
    id: messageIdOf(transaction, recordId),
    timestamp,
  }));
}

/** One thing that a change means. */
export interface Step {
  readonly event: string;
  readonly properties: JsonObject;
}

/** One message a step; the first has the change's own id. */
export function tracked({ id, timestamp, fields }: RecordChange, steps: readonly Step[], person: PersonOn): readonly VendorMessage[] {
  const account = textIn(fields, 'AccountId');
  const context = contextOf(person, account === null ? {} : { groupId: account });
  return steps.map((step, index) => ({
    type: 'track',
    messageId: index === 0 ? id : messageIdOf(id, step.event),
    timestamp,
    ...step,
    context,
  }));
}
