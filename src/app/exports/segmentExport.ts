import { Refusal } from '../../kernel/refusals';
import type { SurvivorshipRules } from '../../profile/survivorship';
import type { Snapshot } from '../../storage/snapshot';
import { type ExportedSegment, type ExportedTrait, findExportedTraits } from '../../storage/statements/findExportedSegment';
import { type ExportedMember, hasSuppressions, readExportPage } from '../../storage/statements/readExportPage';
import { type ExportField, needsOfFields, traitKeysOf } from './exportFields';
import type { ExportFormat } from './exportFormats';
import { MemberValues } from './memberValues';
import { type PageExtras, PageExtrasReader } from './pageExtras';

export const PAGE_MEMBERS = 1_000;

export interface SegmentExportOptions {
  readonly workspaceId: number;
  readonly segment: ExportedSegment;
  /** The last profile that the client has; null: from the first. */
  readonly after: string | null;
  readonly fields: readonly ExportField[];
  readonly format: ExportFormat;
  readonly survivorship: SurvivorshipRules;
  readonly defaultCountry: string;
  readonly masked: boolean;
  /** As the key may see the reason of a membership. */
  readonly shownReason: (reason: string) => string;
}

interface PageRead {
  readonly members: readonly ExportedMember[];
  readonly extras: Promise<PageExtras>;
}

/** Members of a segment who are not suppressed, as one snapshot has them, in the order of their ids, a page at a time. */
export class SegmentExport {
  private readonly values: MemberValues;
  private readonly extras: PageExtrasReader;

  private constructor(
    private readonly snapshot: Snapshot,
    private readonly options: SegmentExportOptions,
    computedTraits: readonly ExportedTrait[],
    private readonly hasSuppressed: boolean,
  ) {
    const { segment, fields } = options;
    this.extras = new PageExtrasReader({
      ...options,
      snapshot,
      computedTraits,
      segmentId: segment.segmentId,
      traitKeys: traitKeysOf(fields),
    });
    this.values = new MemberValues({ ...options, asOfMs: snapshot.asOfMs });
  }

  /** Refuses with INVALID_INPUT fields of computed traits that there are none of. */
  static async begin(snapshot: Snapshot, options: SegmentExportOptions): Promise<SegmentExport> {
    const keys = options.fields.flatMap((field) => (field.kind === 'computed' ? [field.key] : []));
    const traits = keys.length === 0 ? [] : await findExportedTraits(snapshot, options.workspaceId, keys);
    const unknown = keys.find((key) => !traits.some((trait) => trait.key === key));
    if (unknown !== undefined) throw new Refusal('INVALID_INPUT', `fields: there is no computed trait ${JSON.stringify(unknown)}.`);
    return new SegmentExport(snapshot, options, traits, await hasSuppressions(snapshot, options.workspaceId));
  }

  /**
   * The text of one page after another, the header with the first. While one is written and sent the next is read, and no more than that; what takes
   * statements that need a page's members is asked for together with the members of the next page.
   */
  async *pages(): AsyncGenerator<string, void, undefined> {
    const { format, fields } = this.options;
    let next = this.read(this.options.after);
    let head = format.header(fields);
    for (;;) {
      const { members, extras } = await next;
      const last = members.at(-1);
      const hasMore = members.length === PAGE_MEMBERS && last !== undefined;
      if (hasMore) next = heardLater(this.read(last.profileId));
      const text = head + this.textOf(members, await extras);
      if (text !== '') yield text;
      head = '';
      if (!hasMore) return;
    }
  }

  private async read(after: string | null): Promise<PageRead> {
    const { workspaceId, segment, fields } = this.options;
    const page = { segmentId: segment.segmentId, after, limit: PAGE_MEMBERS, hasSuppressed: this.hasSuppressed };
    const members = await readExportPage(this.snapshot, workspaceId, page, needsOfFields(fields));
    return { members, extras: heardLater(this.extras.read(members)) };
  }

  private textOf(members: readonly ExportedMember[], extras: PageExtras): string {
    const { format, fields } = this.options;
    let text = '';
    for (const member of members) text += format.line(fields, this.values.of(member, extras));
    return text;
  }
}

/** Whoever awaits it hears of its failing; until then nobody does. */
function heardLater<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}
