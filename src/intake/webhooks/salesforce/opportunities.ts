import { amountIn, currencyIn, known, textIn } from '../payload';
import type { VendorMessage } from '../webhookVendor';
import { type RecordChange, tracked } from './changeEvent';

/** Its stage, when it is made and whenever that changes. The person is known where the opportunity was made for one. */
export function readOpportunityChange(change: RecordChange): readonly VendorMessage[] {
  const { recordId, fields, type } = change;
  const stage = textIn(fields, 'StageName');
  if (stage === null) return [];
  const properties = known({
    deal_id: recordId,
    stage,
    amount: amountIn(fields, 'Amount'),
    currency: currencyIn(fields, 'CurrencyIsoCode'),
    name: textIn(fields, 'Name'),
    close_date: textIn(fields, 'CloseDate'),
  });
  const event = type === 'CREATE' ? 'Opportunity Created' : 'Opportunity Stage Changed';
  return tracked(change, [{ event, properties }], {
    ids: [
      ['salesforce.contact_id', textIn(fields, 'ContactId')],
      ['salesforce.opportunity_id', recordId],
    ],
  });
}
