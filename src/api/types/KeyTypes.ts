import { Ctx, Field, ID, ObjectType } from 'type-graphql';
import { publicId } from '../../kernel/ids';
import { PlainField } from '../plainField';
import type { ApiKeyRecord, WriteKeyRecord } from '../ports/keyDesk';
import type { RequestContext } from '../requestContext';
import { DateTimeScalar } from '../scalars';
import { SourceType, sourceOf } from './SourceType';

const USED = 'Within some minutes; null: never.';

@ObjectType('ApiKey', { description: 'A key that is not revoked. The key itself is shown once, when it is made.' })
export class ApiKeyType {
  constructor(private readonly record: ApiKeyRecord) {}

  @PlainField(() => ID)
  get id(): string {
    return publicId('ApiKey', this.record.credentialId);
  }

  @PlainField(() => String)
  get name(): string {
    return this.record.name;
  }

  @PlainField(() => [String])
  get scopes(): readonly string[] {
    return this.record.scopes;
  }

  @PlainField(() => DateTimeScalar)
  get createdAt(): number {
    return Math.min(...this.record.secrets.map(({ createdAtMs }) => createdAtMs));
  }

  @PlainField(() => DateTimeScalar, { nullable: true, description: 'It works until then; null: until it is revoked.' })
  get expiresAt(): number | null {
    return this.record.secrets[0]?.expiresAtMs ?? null;
  }

  @PlainField(() => DateTimeScalar, { nullable: true, description: USED })
  get lastUsedAt(): number | null {
    return this.record.secrets[0]?.lastUsedAtMs ?? null;
  }

  @PlainField(() => [ReplacedSecretType], { description: 'What rotations replaced and what may still work; the newest first.' })
  get replaced(): readonly ReplacedSecretType[] {
    return this.record.secrets.slice(1).map((secret) => ({
      worksUntil: secret.expiresAtMs,
      lastUsedAt: secret.lastUsedAtMs,
    }));
  }
}

@ObjectType('ReplacedSecret')
export class ReplacedSecretType {
  @PlainField(() => DateTimeScalar, { nullable: true })
  declare readonly worksUntil: number | null;

  @PlainField(() => DateTimeScalar, { nullable: true, description: USED })
  declare readonly lastUsedAt: number | null;
}

@ObjectType('WriteKey', { description: 'A key by which a source sends. The key itself is shown once, when it is made.' })
export class WriteKeyType {
  constructor(private readonly record: WriteKeyRecord) {}

  @Field(() => SourceType, { nullable: true })
  source(@Ctx() context: RequestContext): Promise<SourceType | null> {
    return sourceOf(context, this.record.sourceId);
  }

  @PlainField(() => DateTimeScalar)
  get createdAt(): number {
    return this.record.createdAtMs;
  }

  @PlainField(() => DateTimeScalar, { nullable: true, description: 'It works until then; null: until it is replaced.' })
  get expiresAt(): number | null {
    return this.record.expiresAtMs;
  }

  @PlainField(() => DateTimeScalar, { nullable: true })
  get replacedAt(): number | null {
    return this.record.replacedAtMs;
  }

  @PlainField(() => DateTimeScalar, { nullable: true, description: USED })
  get lastUsedAt(): number | null {
    return this.record.lastUsedAtMs;
  }
}
