import { ID, ObjectType } from 'type-graphql';
import { publicId } from '../../kernel/ids';
import type { JsonObject } from '../../kernel/json';
import { maskedDefinition } from '../maskedDefinition';
import { maskObject } from '../masking';
import { PlainField } from '../plainField';
import type { AuditRecord } from '../ports/auditLog';
import { DateTimeScalar, JsonObjectScalar } from '../scalars';

@ObjectType('AuditEntry')
export class AuditEntryType {
  constructor(
    private readonly record: AuditRecord,
    private readonly masked: boolean,
  ) {}

  @PlainField(() => ID)
  get id(): string {
    return publicId('AuditEntry', this.record.auditId);
  }

  @PlainField(() => DateTimeScalar)
  get at(): number {
    return this.record.atMs;
  }

  @PlainField(() => String, { description: 'The name of the API key, or the sub of who signed in; throughline where nobody asked for it.' })
  get actor(): string {
    return this.record.actor;
  }

  @PlainField(() => String, { description: 'The name of the mutation; read, follow (by a subscription) or export of what was shown.' })
  get action(): string {
    return this.record.action;
  }

  @PlainField(() => String, { nullable: true, description: 'The id of what it was done to.' })
  get target(): string | null {
    return this.record.target;
  }

  @PlainField(() => JsonObjectScalar, { description: 'noteForgotten where what was written in free words has been erased since.' })
  get detail(): JsonObject {
    const { detail, note, isNoteForgotten } = this.record;
    const said = { ...JSON.parse(detail), ...(note !== null && JSON.parse(note)), ...(isNoteForgotten && { noteForgotten: true }) };
    return this.masked ? maskObject(maskedDefinition(said)) : said;
  }

  @PlainField(() => String, { nullable: true, description: 'Its place in the chain; null for the moments until it is sealed.' })
  get sequence(): string | null {
    return this.record.sequence;
  }
}
