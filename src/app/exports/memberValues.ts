import { maskField, maskIdentifier, maskLine } from '../../api/masking';
import { publicId } from '../../kernel/ids';
import type { Json, JsonObject } from '../../kernel/json';
import { knownSinceMs } from '../../measures/knownSince';
import { contactOf } from '../../profile/contactOf';
import { type MostSaid, resolveTraits, type SurvivorshipRules } from '../../profile/survivorship';
import { combineTraitStates, decodeTraitState, type TraitState } from '../../profile/traitState';
import { displayNameOf, languageOf } from '../../profile/wellKnownTraits';
import { valueAt } from '../../segments/valueAt';
import type { ExportedMember } from '../../storage/statements/readExportPage';
import { type ExportField, traitKeysOf } from './exportFields';

export interface MemberBasis {
  readonly fields: readonly ExportField[];
  readonly survivorship: SurvivorshipRules;
  readonly defaultCountry: string;
  readonly masked: boolean;
  readonly asOfMs: number;
}

/** What takes statements of its own. */
export interface MemberExtras {
  readonly mostSaid: MostSaid;
  /** As this key may see them. */
  readonly computed: JsonObject;
}

/** Whoever has no facts, by whether anything says who they are: as their profile shows it. */
const STAGE_WITHOUT_FACTS = { known: 'AWARE', unknown: 'ANONYMOUS' } as const;

/** The values of members in the order of the fields; what there is none of is null. As their profiles show them to this key. */
export class MemberValues {
  private readonly traitKeys: readonly string[];

  constructor(private readonly basis: MemberBasis) {
    this.traitKeys = traitKeysOf(basis.fields);
  }

  of(member: ExportedMember, extras: MemberExtras): readonly Json[] {
    const traits = this.traitsOf(member, extras.mostSaid);
    const shown = this.basis.masked ? maskedTraits(traits) : traits;
    return this.basis.fields.map((field) => this.valueOf(field, { member, traits, shown, computed: extras.computed }));
  }

  private valueOf(field: ExportField, { member, traits, shown, computed }: ShownMember): Json {
    const { masked, defaultCountry, asOfMs } = this.basis;
    switch (field.kind) {
      case 'id':
        return publicId('Profile', member.profileId);
      case 'email':
      case 'phone': {
        const contact = contactOf(field.kind, traits, member.identifiers, defaultCountry);
        return contact !== null && masked ? maskIdentifier(field.kind, contact) : contact;
      }
      case 'displayName':
        return displayNameOf(shown, shownIdentifiers(member, masked));
      case 'language':
        return languageOf(shown);
      case 'identifiers':
        return shownIdentifiers(member, masked);
      case 'enteredAt':
        return isoOf(member.enteredAtMs);
      case 'reason':
        return masked ? maskLine(member.reason ?? '') : member.reason;
      case 'firstSeenAt':
        return isoOf(member.identifiers.reduce((first, { firstSeenAtMs }) => Math.min(first, firstSeenAtMs), Number.POSITIVE_INFINITY));
      case 'lastSeenAt':
        return isoOf(member.identifiers.reduce((last, { lastSeenAtMs }) => Math.max(last, lastSeenAtMs), Number.NEGATIVE_INFINITY));
      case 'lifecycleStage':
        return member.stage ?? STAGE_WITHOUT_FACTS[(knownSinceMs(member.identifiers) ?? Infinity) <= asOfMs ? 'known' : 'unknown'];
      case 'trait':
        return valueAt(shown, field.path) ?? null;
      case 'computed':
        return computed[field.key] ?? null;
    }
  }

  private traitsOf({ identifiers }: ExportedMember, mostSaid: MostSaid): JsonObject {
    const values: Record<string, Json> = Object.create(null);
    if (this.traitKeys.length === 0) return values;
    const states = identifiers.flatMap(({ traits }) => (traits === null ? [] : [this.chosen(JSON.parse(traits))]));
    if (states.length === 0) return values;
    for (const { key, value } of resolveTraits(combineTraitStates(states), this.basis.survivorship, mostSaid)) values[key] = value;
    return values;
  }

  /** Nothing but what is asked for is decoded. */
  private chosen(stored: Readonly<Record<string, object>>): TraitState {
    const chosen: Record<string, object> = Object.create(null);
    for (const key of this.traitKeys) if (Object.hasOwn(stored, key)) chosen[key] = stored[key] as object;
    return decodeTraitState(chosen);
  }
}

interface ShownMember {
  readonly member: ExportedMember;
  readonly traits: JsonObject;
  readonly shown: JsonObject;
  readonly computed: JsonObject;
}

function maskedTraits(traits: JsonObject): JsonObject {
  const masked: Record<string, Json> = Object.create(null);
  for (const key of Object.keys(traits)) masked[key] = maskField(key, traits[key] ?? null);
  return masked;
}

function shownIdentifiers({ identifiers }: ExportedMember, masked: boolean): { readonly type: string; readonly value: string }[] {
  return identifiers.map(({ type, value }) => ({ type, value: masked ? maskIdentifier(type, value) : value }));
}

/** Null of a profile that has no identifiers any more. */
function isoOf(ms: number): string | null {
  return Number.isFinite(ms) ? new Date(ms).toISOString() : null;
}
