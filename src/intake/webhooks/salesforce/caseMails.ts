import { known, textIn } from '../payload';
import type { VendorMessage } from '../webhookVendor';
import { type RecordChange, tracked } from './changeEvent';

/** EmailMessage: a letter on a case, of the customer where it came in. */
export function readCaseMail(change: RecordChange): readonly VendorMessage[] {
  const { fields, type } = change;
  const caseId = textIn(fields, 'ParentId');
  if (type !== 'CREATE' || caseId === null) return [];
  const isIncoming = fields['Incoming'] === true;
  const properties = known({
    case_id: caseId,
    comment: textIn(fields, 'TextBody'),
    author_role: isIncoming ? 'customer' : 'agent',
    public: true,
    channel: 'email',
    email_subject: textIn(fields, 'Subject'),
  });
  const email = isIncoming ? textIn(fields, 'FromAddress') : null;
  return tracked(change, [{ event: 'Case Replied', properties }], { ids: [['salesforce.case_id', caseId]], email });
}

/** CaseComment: public where it is published to the customer's portal. */
export function readCaseComment(change: RecordChange): readonly VendorMessage[] {
  const { fields, type } = change;
  const caseId = textIn(fields, 'ParentId');
  if (type !== 'CREATE' || caseId === null) return [];
  const properties = known({
    case_id: caseId,
    comment: textIn(fields, 'CommentBody'),
    author_role: 'agent',
    public: fields['IsPublished'] === true,
  });
  return tracked(change, [{ event: 'Case Comment Added', properties }], { ids: [['salesforce.case_id', caseId]] });
}
