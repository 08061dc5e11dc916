import { isoText } from '../../api/isoText';
import { maskField, maskIdentifier } from '../../api/masking';
import { publicId } from '../../kernel/ids';
import type { Json, JsonObject } from '../../kernel/json';
import { jsonMembers } from '../../kernel/jsonMembers';
import { knownSinceMs } from '../../measures/knownSince';
import { contactOf } from '../../profile/contactOf';
import { resolveTraits, type SurvivorshipRules } from '../../profile/survivorship';
import { combineTraitStates, decodeTraitState, latestStored } from '../../profile/traitState';
import { displayNameOf, languageOf } from '../../profile/wellKnownTraits';
import { valueAt } from '../../segments/valueAt';
import type { ExportedSegment } from '../../storage/statements/findExportedSegment';
import type { ExportedIdentifier, ExportedMember } from '../../storage/statements/readExportPage';
import { type ExportField, traitKeysOf } from './exportFields';
import type { PageExtras } from './pageExtras';

export interface MemberBasis {
  readonly fields: readonly ExportField[];
  readonly segment: ExportedSegment;
  readonly survivorship: SurvivorshipRules;
  readonly defaultCountry: string;
  readonly masked: boolean;
  /** As the key may see the reason of a membership. */
  readonly shownReason: (reason: string) => string;
  readonly asOfMs: number;
}

/** Whoever has no facts, by whether anything says who they are: as their profile shows it. */
const STAGE_WITHOUT_FACTS = { known: 'AWARE', unknown: 'ANONYMOUS' } as const;

/** The values of members in the order of the fields; what there is none of is null. As their profiles show them to this key. */
export class MemberValues {
  private readonly traitKeys: ReadonlySet<string>;
  private readonly recentKeys: readonly string[];
  /** Those that go by another rule than MOST_RECENT, which takes more than their latest value. */
  private readonly ruledKeys: readonly string[];

  constructor(private readonly basis: MemberBasis) {
    const keys = traitKeysOf(basis.fields);
    this.traitKeys = new Set(keys);
    const isRecent = (key: string) => !Object.hasOwn(basis.survivorship, key) || basis.survivorship[key]?.rule === 'MOST_RECENT';
    this.recentKeys = keys.filter(isRecent);
    this.ruledKeys = keys.filter((key) => !isRecent(key));
  }

  of(member: ExportedMember, extras: PageExtras): readonly Json[] {
    const identifiers = member.readIdentifiers();
    const traits = this.traitsOf(member, extras);
    const shown: ShownMember = {
      member,
      identifiers,
      traits,
      shown: this.basis.masked ? maskedTraits(traits) : traits,
      extras,
    };
    return this.basis.fields.map((field) => this.valueOf(field, shown));
  }

  private valueOf(field: ExportField, { member, identifiers, traits, shown, extras }: ShownMember): Json {
    const { masked, defaultCountry, asOfMs } = this.basis;
    switch (field.kind) {
      case 'id':
        return publicId('Profile', member.profileId);
      case 'email':
      case 'phone': {
        const contact = contactOf(field.kind, traits, identifiers, defaultCountry);
        return contact !== null && masked ? maskIdentifier(field.kind, contact) : contact;
      }
      case 'displayName':
        return displayNameOf(shown, []) ?? displayNameOf({}, shownIdentifiers(identifiers, masked));
      case 'language':
        return languageOf(shown);
      case 'identifiers':
        return shownIdentifiers(identifiers, masked);
      case 'enteredAt':
        return isoOf(member.enteredAtMs);
      case 'reason':
        return this.reasonOf(member, extras);
      case 'firstSeenAt':
        return isoOf(identifiers.reduce((first, { firstSeenAtMs }) => Math.min(first, firstSeenAtMs), Number.POSITIVE_INFINITY));
      case 'lastSeenAt':
        return isoOf(identifiers.reduce((last, { lastSeenAtMs }) => Math.max(last, lastSeenAtMs), Number.NEGATIVE_INFINITY));
      case 'lifecycleStage':
        return member.stage ?? STAGE_WITHOUT_FACTS[(knownSinceMs(identifiers) ?? Infinity) <= asOfMs ? 'known' : 'unknown'];
      case 'trait':
        return valueAt(shown, field.path) ?? null;
      case 'computed':
        return extras.computed.get(member.profileId)?.[field.key] ?? null;
    }
  }

  private reasonOf({ profileId, reason }: ExportedMember, { reasons }: PageExtras): string | null {
    const { segment, shownReason } = this.basis;
    const told = reasons.get(profileId)?.get(segment.segmentId) ?? reason;
    return told === null ? null : shownReason(told);
  }

  private traitsOf({ profileId, identifierIds }: ExportedMember, { said, mostSaid }: PageExtras): JsonObject {
    const values: Record<string, Json> = Object.create(null);
    const stored: Record<string, object>[] = [];
    for (const identifierId of identifierIds) {
      const text = said.get(identifierId);
      if (text !== undefined) stored.push(JSON.parse(jsonMembers(text, this.traitKeys)));
    }
    if (stored.length === 0) return values;
    for (const key of this.recentKeys) {
      const value = latestStored(stored, key);
      if (value !== null && value !== undefined) values[key] = value;
    }
    if (this.ruledKeys.length === 0) return values;
    const states = stored.map((state) => decodeTraitState(pick(state, this.ruledKeys)));
    for (const { key, value } of resolveTraits(combineTraitStates(states), this.basis.survivorship, mostSaid.get(profileId)))
      values[key] = value;
    return values;
  }
}

interface ShownMember {
  readonly member: ExportedMember;
  readonly identifiers: readonly ExportedIdentifier[];
  readonly traits: JsonObject;
  readonly shown: JsonObject;
  readonly extras: PageExtras;
}

/** Nothing but what is asked for is decoded. */
function pick(stored: Readonly<Record<string, object>>, keys: readonly string[]): Record<string, object> {
  const chosen: Record<string, object> = Object.create(null);
  for (const key of keys) if (Object.hasOwn(stored, key)) chosen[key] = stored[key] as object;
  return chosen;
}

function maskedTraits(traits: JsonObject): JsonObject {
  const masked: Record<string, Json> = Object.create(null);
  for (const key of Object.keys(traits)) masked[key] = maskField(key, traits[key] ?? null);
  return masked;
}

function shownIdentifiers(
  identifiers: readonly ExportedIdentifier[],
  masked: boolean,
): { readonly type: string; readonly value: string }[] {
  return identifiers.map(({ type, value }) => ({ type, value: masked ? maskIdentifier(type, value) : value }));
}

/** Null of a profile that has no identifiers any more. */
function isoOf(ms: number): string | null {
  return Number.isFinite(ms) ? isoText(ms) : null;
}
