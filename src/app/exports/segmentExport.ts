import { maskField } from '../../api/masking';
import type { Json, JsonObject } from '../../kernel/json';
import { Refusal } from '../../kernel/refusals';
import { isPersonalKey } from '../../profile/personalKeys';
import { type MostSaid, mostFrequentTraits, type SurvivorshipRules } from '../../profile/survivorship';
import type { ComputedTraitDefinition } from '../../segments/computedTrait';
import { parseComputedTrait } from '../../segments/parseComputedTrait';
import { readComputedTraits } from '../../storage/segments/computedTraitValues';
import type { Snapshot } from '../../storage/snapshot';
import { type ExportedTrait, findExportedTraits } from '../../storage/statements/findExportedSegment';
import { type ExportedMember, hasSuppressions, readExportPage } from '../../storage/statements/readExportPage';
import { readMostSaid } from '../../storage/statements/readMostSaid';
import { type ExportField, needsOfFields, traitKeysOf } from './exportFields';
import type { ExportFormat } from './exportFormats';
import { MemberValues } from './memberValues';

export const PAGE_MEMBERS = 1_000;

export interface SegmentExportOptions {
  readonly workspaceId: number;
  readonly segmentId: string;
  /** The last profile that the client has; null: from the first. */
  readonly after: string | null;
  readonly fields: readonly ExportField[];
  readonly format: ExportFormat;
  readonly survivorship: SurvivorshipRules;
  readonly defaultCountry: string;
  readonly masked: boolean;
}

interface Extras {
  readonly mostSaid: ReadonlyMap<string, MostSaid>;
  readonly computed: ReadonlyMap<string, JsonObject>;
}

const NOTHING: JsonObject = {};

/** Members of a segment who are not suppressed, as one snapshot has them, in the order of their ids, a page at a time. */
export class SegmentExport {
  private readonly values: MemberValues;
  private readonly traits: readonly ExportedTrait[];

  private constructor(
    private readonly snapshot: Snapshot,
    private readonly options: SegmentExportOptions,
    traits: readonly ExportedTrait[],
    private readonly hasSuppressed: boolean,
  ) {
    this.traits = traits;
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

  /** The text of one page after another, the header with the first; each is read while the one before is sent, and no more than that. */
  async *pages(): AsyncGenerator<string, void, undefined> {
    const { format, fields } = this.options;
    let next = this.read(this.options.after);
    let head = format.header(fields);
    for (;;) {
      const members = await next;
      const last = members.at(-1);
      const hasMore = members.length === PAGE_MEMBERS && last !== undefined;
      const extras = await this.extrasOf(members);
      if (hasMore) {
        next = this.read(last.profileId);
        // It is awaited when this page has been taken; until then nobody hears of its failing.
        next.catch(() => undefined);
      }
      const text = head + this.textOf(members, extras);
      if (text !== '') yield text;
      head = '';
      if (!hasMore) return;
    }
  }

  private read(after: string | null): Promise<readonly ExportedMember[]> {
    const { workspaceId, segmentId, fields } = this.options;
    const page = { segmentId, after, limit: PAGE_MEMBERS, hasSuppressed: this.hasSuppressed };
    return readExportPage(this.snapshot, workspaceId, page, needsOfFields(fields));
  }

  private textOf(members: readonly ExportedMember[], { mostSaid, computed }: Extras): string {
    const { format, fields } = this.options;
    let text = '';
    for (const member of members) {
      const own = { mostSaid: mostSaid.get(member.profileId) ?? {}, computed: computed.get(member.profileId) ?? NOTHING };
      text += format.line(fields, this.values.of(member, own));
    }
    return text;
  }

  private async extrasOf(members: readonly ExportedMember[]): Promise<Extras> {
    const [mostSaid, computed] = await Promise.all([this.mostSaidOf(members), this.computedOf(members)]);
    return { mostSaid, computed };
  }

  private async mostSaidOf(members: readonly ExportedMember[]): Promise<Extras['mostSaid']> {
    const wanted = traitKeysOf(this.options.fields);
    const traits = mostFrequentTraits(this.options.survivorship).filter((key) => wanted.includes(key));
    const said = new Map<string, Record<string, MostSaid[string]>>();
    if (traits.length === 0) return said;
    const profiles = members.map((member) =>
      member.readIdentifiers().flatMap(({ identifierId, traits: own }) => (own === null ? [] : [identifierId])),
    );
    for (const [ordinal, key, value, sourceId, atMs, messageId] of await readMostSaid(this.snapshot, this.options.workspaceId, {
      profiles,
      traits,
    })) {
      const profileId = members[ordinal - 1]?.profileId as string;
      const own = said.get(profileId) ?? Object.create(null);
      own[key] = { value: JSON.parse(value), sourceId, atMs, messageId };
      said.set(profileId, own);
    }
    return said;
  }

  private async computedOf(members: readonly ExportedMember[]): Promise<Extras['computed']> {
    if (this.traits.length === 0) return new Map();
    const definitions = new Map<string, ComputedTraitDefinition>(
      this.traits.map(({ key, definition }) => [key, parseComputedTrait(JSON.parse(definition))]),
    );
    const trackedEvents = new Map(
      this.traits.flatMap(({ tracked }) => (tracked ? [[tracked.eventKey, tracked.trackedEventId] as const] : [])),
    );
    const profileIds = members.map(({ profileId }) => profileId);
    const { workspaceId } = this.options;
    const values = await readComputedTraits(this.snapshot, {
      workspaceId,
      profileIds,
      nowMs: this.snapshot.asOfMs,
      trackedEvents,
      definitions,
    });
    const shown = (key: string, value: Json) => (this.options.masked ? maskedComputed(key, value, definitions.get(key)) : value);
    return new Map(
      [...values].map(([profileId, own]) => [
        profileId,
        Object.fromEntries(Object.entries(own).map(([key, { value }]) => [key, shown(key, value)])),
      ]),
    );
  }
}

/** One is personal as the property that it is counted from is. */
function maskedComputed(key: string, value: Json, definition: ComputedTraitDefinition | undefined): Json {
  const personal = definition?.aggregate === 'count' ? undefined : definition?.property?.find(isPersonalKey);
  return maskField(personal ?? key, value);
}
