import { maskField } from '../../api/masking';
import type { Json, JsonObject } from '../../kernel/json';
import { isPersonalKey } from '../../profile/personalKeys';
import { type MostSaid, mostFrequentTraits, type SurvivorshipRules } from '../../profile/survivorship';
import type { ComputedTraitDefinition } from '../../segments/computedTrait';
import { parseComputedTrait } from '../../segments/parseComputedTrait';
import { readComputedTraits } from '../../storage/segments/computedTraitValues';
import type { Snapshot } from '../../storage/snapshot';
import type { ExportedTrait } from '../../storage/statements/findExportedSegment';
import type { ExportedMember } from '../../storage/statements/readExportPage';
import { readMostSaid } from '../../storage/statements/readMostSaid';
import { readTraitTexts } from '../../storage/statements/readTraitTexts';
import { COMPUTED_BY_SQL } from '../segments/computePageBySql';
import { Reasons } from '../segments/reasons';

/** What of the members of a page takes statements of its own, by profile id where nothing else is said; nobody is in it of whom nothing is asked or known. */
export interface PageExtras {
  /** JSON texts of trait states, by the identifier that they were said of. */
  readonly said: ReadonlyMap<string, string>;
  readonly mostSaid: ReadonlyMap<string, MostSaid>;
  /** Computed traits as this key may see them. */
  readonly computed: ReadonlyMap<string, JsonObject>;
  /** By segment, of those whose membership does not tell. */
  readonly reasons: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

interface PageExtrasBasis {
  readonly snapshot: Snapshot;
  readonly workspaceId: number;
  readonly segmentId: string;
  readonly traitKeys: readonly string[];
  readonly computedTraits: readonly ExportedTrait[];
  readonly survivorship: SurvivorshipRules;
  readonly masked: boolean;
}

export class PageExtrasReader {
  private readonly definitions: ReadonlyMap<string, ComputedTraitDefinition>;
  private readonly trackedEvents: ReadonlyMap<string, number>;
  private readonly mostFrequent: readonly string[];
  /** Made ready when first somebody's reason is open. */
  private reasons: Promise<Reasons> | null = null;

  constructor(private readonly basis: PageExtrasBasis) {
    const { computedTraits, survivorship, traitKeys } = basis;
    this.definitions = new Map(computedTraits.map(({ key, definition }) => [key, parseComputedTrait(JSON.parse(definition))]));
    this.trackedEvents = new Map(computedTraits.flatMap(({ tracked }) => (tracked ? [[tracked.eventKey, tracked.trackedEventId]] : [])));
    this.mostFrequent = mostFrequentTraits(survivorship).filter((key) => traitKeys.includes(key));
  }

  async read(members: readonly ExportedMember[]): Promise<PageExtras> {
    const [said, computed, reasons] = await Promise.all([this.saidOf(members), this.computedOf(members), this.reasonsOf(members)]);
    return { said, computed, reasons, mostSaid: await this.mostSaidOf(members, said) };
  }

  private saidOf(members: readonly ExportedMember[]): Promise<PageExtras['said']> {
    const { snapshot, workspaceId, traitKeys } = this.basis;
    if (traitKeys.length === 0) return Promise.resolve(new Map());
    const identifierIds = members.flatMap((member) => member.identifierIds);
    return readTraitTexts(snapshot, workspaceId, identifierIds);
  }

  private async mostSaidOf(members: readonly ExportedMember[], texts: PageExtras['said']): Promise<PageExtras['mostSaid']> {
    const said = new Map<string, Record<string, MostSaid[string]>>();
    if (this.mostFrequent.length === 0) return said;
    const profiles = members.map(({ identifierIds }) => identifierIds.filter((identifierId) => texts.has(identifierId)));
    const rows = await readMostSaid(this.basis.snapshot, this.basis.workspaceId, { profiles, traits: this.mostFrequent });
    for (const [ordinal, key, value, sourceId, atMs, messageId] of rows) {
      const profileId = members[ordinal - 1]?.profileId as string;
      const own = said.get(profileId) ?? Object.create(null);
      own[key] = { value: JSON.parse(value), sourceId, atMs, messageId };
      said.set(profileId, own);
    }
    return said;
  }

  private async computedOf(members: readonly ExportedMember[]): Promise<PageExtras['computed']> {
    if (this.definitions.size === 0) return new Map();
    const { snapshot, workspaceId, masked } = this.basis;
    const profileIds = members.map(({ profileId }) => profileId);
    const { definitions, trackedEvents } = this;
    const values = await readComputedTraits(snapshot, { workspaceId, profileIds, nowMs: snapshot.asOfMs, trackedEvents, definitions });
    const shown = (key: string, value: Json) => (masked ? maskedComputed(key, value, definitions.get(key)) : value);
    return new Map(
      [...values].map(([profileId, own]) => [
        profileId,
        Object.fromEntries(Object.entries(own).map(([key, { value }]) => [key, shown(key, value)])),
      ]),
    );
  }

  private reasonsOf(members: readonly ExportedMember[]): Promise<PageExtras['reasons']> {
    const { snapshot, workspaceId, segmentId } = this.basis;
    const open = members.filter(({ reason }) => reason === COMPUTED_BY_SQL).map(({ profileId }) => profileId);
    if (open.length === 0) return Promise.resolve(new Map());
    return snapshot.within(async (client) => {
      this.reasons ??= Reasons.of(client, workspaceId, new Set([segmentId]));
      return (await this.reasons).tell(client, open, snapshot.asOfMs);
    });
  }
}

/** One is personal as the property that it is counted from is. */
function maskedComputed(key: string, value: Json, definition: ComputedTraitDefinition | undefined): Json {
  const personal = definition?.aggregate === 'count' ? undefined : definition?.property?.find(isPersonalKey);
  return maskField(personal ?? key, value);
}
