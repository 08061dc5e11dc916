import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { publicId } from '../../kernel/ids';
import type { AuditFault, AuditVerdict } from '../ports/auditLog';

export const AuditFaultEnum: { readonly [Key in AuditFault]: Key } = {
  MISSING: 'MISSING',
  CHANGED: 'CHANGED',
  NOTE_CHANGED: 'NOTE_CHANGED',
  HEAD_CHANGED: 'HEAD_CHANGED',
};
registerEnumType(AuditFaultEnum, {
  name: 'AuditFault',
  description:
    'MISSING: no entry has this sequence, though it was given. CHANGED: the entry is not as it was sealed. NOTE_CHANGED: what was written beside it is not. HEAD_CHANGED: the count or the last hash is not.',
});

@ObjectType('AuditHead')
export class AuditHeadType {
  @Field(() => String, { description: 'How many entries are sealed.' })
  declare readonly sequence: string;

  @Field(() => String, { description: 'SHA-256 of the last of them, in hexadecimal; empty where there is none.' })
  declare readonly hash: string;
}

@ObjectType('BrokenAuditEntry')
export class BrokenAuditEntryType {
  @Field(() => String)
  declare readonly sequence: string;

  @Field(() => ID, { nullable: true, description: 'Null where it is missing.' })
  declare readonly id: string | null;

  @Field(() => AuditFaultEnum)
  declare readonly fault: AuditFault;
}

@ObjectType('AuditVerification', { description: 'Whether the audit log is as it was written, by hashes computed anew.' })
export class AuditVerificationType {
  @Field(() => Boolean)
  readonly isIntact: boolean;

  @Field(() => Int, { description: 'Entries that were looked at.' })
  readonly checked: number;

  @Field(() => AuditHeadType, { description: 'Kept somewhere else, it tells whether entries were taken away at the end since.' })
  readonly head: AuditHeadType;

  @Field(() => Int, { description: 'Entries of the last moments that are not in the chain yet.' })
  readonly unsealed: number;

  @Field(() => BrokenAuditEntryType, { nullable: true, description: 'The first one that is not as it was sealed.' })
  readonly firstBroken: BrokenAuditEntryType | null;

  constructor({ checked, head, unsealed, broken }: AuditVerdict) {
    this.isIntact = broken === null;
    this.checked = checked;
    this.head = head;
    this.unsealed = unsealed;
    this.firstBroken = broken && {
      sequence: broken.sequence,
      id: broken.auditId && publicId('AuditEntry', broken.auditId),
      fault: broken.fault,
    };
  }
}
