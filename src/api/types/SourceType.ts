import { ID, ObjectType } from 'type-graphql';
import { webhookPath } from '../../intake/webhooks/sourceSettings';
import { publicId } from '../../kernel/ids';
import type { Department } from '../../kernel/vocabulary';
import { PlainField } from '../plainField';
import type { SourceRecord } from '../ports/configurationStore';
import type { RequestContext } from '../requestContext';
import { DepartmentEnum } from './enums';
import { NodeType } from './NodeType';

@ObjectType('Source', { implements: NodeType })
export class SourceType extends NodeType {
  constructor(
    private readonly record: SourceRecord,
    writeKey: string | null = null,
  ) {
    super();
    this.writeKey = writeKey;
  }

  @PlainField(() => ID)
  get id(): string {
    return publicId('Source', this.record.sourceId);
  }

  @PlainField(() => String)
  get name(): string {
    return this.record.name;
  }

  @PlainField(() => String)
  get type(): string {
    return this.record.type;
  }

  @PlainField(() => DepartmentEnum)
  get department(): Department {
    return this.record.department;
  }

  @PlainField(() => String, {
    nullable: true,
    description: 'Where its vendor delivers to, below the address of this server; null where the type takes no webhooks.',
  })
  get webhookPath(): string | null {
    return webhookPath(this.record.type, this.id);
  }

  @PlainField(() => String, { nullable: true, description: 'shown once, when it is created' })
  readonly writeKey: string | null;
}

export async function sourceOf(context: RequestContext, sourceId: number): Promise<SourceType | null> {
  const record = await context.related.source.load(sourceId);
  return record && new SourceType(record);
}
