import { ID, ObjectType } from 'type-graphql';
import { publicId } from '../../kernel/ids';
import type { JsonObject } from '../../kernel/json';
import { PlainField } from '../plainField';
import type { ErasureRecord } from '../ports/privacyDesk';
import { DateTimeScalar, JsonObjectScalar } from '../scalars';

@ObjectType('Erasure', { description: 'An erasure of a customer, by its receipt: what was done, and nothing of whom.' })
export class ErasureType {
  constructor(private readonly record: ErasureRecord) {}

  @PlainField(() => ID)
  get receiptId(): string {
    return publicId('Erasure', this.record.erasureId);
  }

  @PlainField(() => DateTimeScalar)
  get requestedAt(): number {
    return this.record.requestedAtMs;
  }

  @PlainField(() => String, { description: 'The name of the API key, or of the tool whose webhook asked for it.' })
  get requestedBy(): string {
    return this.record.requestedBy;
  }

  @PlainField(() => DateTimeScalar, {
    nullable: true,
    description: 'Messages about what happened up to then stay erased, whenever they come. Null until the customer is gone.',
  })
  get erasedAt(): number | null {
    return this.record.erasedAtMs;
  }

  @PlainField(() => DateTimeScalar, { nullable: true, description: 'Null until every store has been seen to.' })
  get finishedAt(): number | null {
    return this.record.finishedAtMs;
  }

  @PlainField(() => JsonObjectScalar, { description: 'One line per store: what was erased there.' })
  get erased(): JsonObject {
    return this.record.erased;
  }

  @PlainField(() => String, { description: 'How many messages of before came again and stayed erased.' })
  get replays(): string {
    return String(this.record.replays);
  }

  @PlainField(() => DateTimeScalar, { nullable: true })
  get lastReplayAt(): number | null {
    return this.record.lastReplayAtMs;
  }
}

@ObjectType('ErasurePayload', { description: 'One line per store: what was erased there.' })
export class ErasurePayloadType {
  @PlainField(() => ID)
  declare readonly receiptId: string;

  @PlainField(() => JsonObjectScalar)
  declare readonly erased: JsonObject;

  @PlainField(() => DateTimeScalar, {
    nullable: true,
    description: 'Null where it takes longer; then it goes on by itself, and erasure(receiptId) says when it is done.',
  })
  declare readonly finishedAt: number | null;
}

@ObjectType('ExportPayload')
export class ExportPayloadType {
  @PlainField(() => JsonObjectScalar)
  declare readonly document: JsonObject;
}

@ObjectType('PrivacySettings', { description: 'How long what is kept, and whether who was erased may come back.' })
export class PrivacySettingsType {
  @PlainField(() => JsonObjectScalar)
  declare readonly settings: JsonObject;
}

@ObjectType('SetPrivacySettingsPayload')
export class SetPrivacySettingsPayloadType {
  @PlainField(() => PrivacySettingsType)
  declare readonly privacySettings: PrivacySettingsType;
}
