import type { JsonObject } from '../../../kernel/json';
import { contentId, messageIdOf } from '../messageName';
import { amountIn, currencyIn, known, neededTime, textIn } from '../payload';
import { contextOf } from '../personOn';
import { UnreadablePayload, type VendorMessage } from '../webhookVendor';

/** What a field of the workspace's own is, by its name without `__c`: the first that matches and holds a text. */
const EMAIL_FIELD = /e_?mail(?:_?address)?$/i;
const PHONE_FIELD = /(?:phone|mobile)(?:_?number)?$/i;
const CONTACT_FIELD = /^contact(?:_?id)?$/i;
const LEAD_FIELD = /^lead_?id$/i;
const CASE_FIELD = /^case(?:_?id)?$/i;
const DEAL_FIELD = /^(?:opportunity|deal)(?:_?id)?$/i;
const STAGE_FIELD = /^(?:(?:opportunity|deal)_?)?stage(?:_?name)?$/i;
const AMOUNT_FIELD = /^(?:(?:opportunity|deal)_?)?amount$/i;
const CURRENCY_FIELD = /^currency(?:_?iso)?(?:_?code)?$/i;

/** Whom the properties must name: somebody. */
const IDS: readonly (readonly [type: string, field: RegExp])[] = [
  ['salesforce.contact_id', CONTACT_FIELD],
  ['salesforce.lead_id', LEAD_FIELD],
  ['salesforce.opportunity_id', DEAL_FIELD],
  ['salesforce.case_id', CASE_FIELD],
];

/**
 * A platform event, `Deal_Closed__e`: its fields are the workspace's own, and are known by their names. One that names a stage is a deal's; any other
 * keeps its own name (Deal Closed).
 */
export function readPlatformEvent(
  payload: JsonObject,
  { channel, event }: { channel: string; event: JsonObject },
): readonly VendorMessage[] {
  const name = /([A-Za-z]\w*?)__e$/.exec(channel)?.[1]?.replace(/_+/g, ' ').trim() ?? 'Platform Event';
  const fields = ownFields(payload);
  const stage = firstOf(fields, STAGE_FIELD);
  const deal = {
    stage,
    deal_id: firstOf(fields, DEAL_FIELD),
    amount: amountIn(fields, ...namesOf(fields, AMOUNT_FIELD)),
    currency: currencyIn(fields, ...namesOf(fields, CURRENCY_FIELD)),
  };
  const properties = known(
    stage === null ? { ...fields, case_id: firstOf(fields, CASE_FIELD) } : { ...fields, ...deal, platform_event: name },
  );
  const ids = IDS.map(([type, field]) => [type, firstOf(fields, field)] as const);
  const [email, phone] = [firstOf(fields, EMAIL_FIELD), firstOf(fields, PHONE_FIELD)];
  if (email === null && phone === null && ids.every(([, id]) => id === null)) throw new UnreadablePayload('No field names a person.');
  return [
    {
      type: 'track',
      messageId: messageIdOf(textIn(event, 'EventUuid') ?? contentId(payload)),
      timestamp: neededTime(payload, 'CreatedDate'),
      event: stage === null ? name : 'Deal Stage Changed',
      properties,
      context: contextOf({ ids, email, phone }),
    },
  ];
}

function ownFields(payload: JsonObject): JsonObject {
  const own = Object.entries(payload).filter(([name]) => name.endsWith('__c'));
  return Object.fromEntries(own.map(([name, value]) => [name.slice(0, -3), value]));
}

/** The names of the fields that are called so. */
function namesOf(fields: JsonObject, called: RegExp): readonly string[] {
  return Object.keys(fields).filter((name) => called.test(name));
}

function firstOf(fields: JsonObject, called: RegExp): string | null {
  return textIn(fields, ...namesOf(fields, called));
}
