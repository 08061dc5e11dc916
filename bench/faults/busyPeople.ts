import { setTimeout as sleep } from 'node:timers/promises';
import { DEFAULT_IDENTITY_RULES } from '../../src/identity/rules';
import { askGraphql } from './askGraphql';
import { FAMILIES, VARIANTS } from './plainSegments';
import { PURPOSES } from './randomTraffic';

const PAUSE_MS = [200, 1_500] as const;
/** What the keys of segments begin with that come and go. */
const EXTRA = 'extra-';
/** The server, or what it needs, was away: whether it was done nobody knows. */
const UNKNOWN_CODES = new Set(['INTERNAL', 'UNAVAILABLE', 'STATEMENT_TIMEOUT', 'POSITION_TIMEOUT', 'OVERLOADED']);

const DEEDS = [
  'setIdentityRules',
  'mergeProfiles',
  'undoMerge',
  'splitProfile',
  'recordConsent',
  'createSegment',
  'updateSegment',
  'deleteSegment',
] as const;
export type Deed = (typeof DEEDS)[number];

export interface Tally {
  acknowledged: number;
  refused: number;
  /** Perhaps done. */
  unknown: number;
}

export function noDeeds(): Record<Deed, Tally> {
  const none = () => ({ acknowledged: 0, refused: 0, unknown: 0 });
  return Object.fromEntries(DEEDS.map((deed) => [deed, none()])) as Record<Deed, Tally>;
}

export interface PeopleOptions {
  readonly chance: () => number;
  /** Asked for each request. */
  readonly address: () => string;
  readonly apiKey: () => string;
  /** By the number of a customer that there may be. */
  readonly customer: () => number;
}

interface Found {
  readonly id: string;
  readonly identifiers: readonly { readonly type: string; readonly value: string }[];
  readonly merges: readonly { readonly id: string; readonly undoneAt: string | null }[];
}

const FIND = `query ($identifier: IdentifierInput!) {
  profile(identifier: $identifier) { id identifiers { type value } merges { id undoneAt } } }`;

/** As the defaults, but for how many users one customer may be. */
export function rulesWith(users: number) {
  const rules = DEFAULT_IDENTITY_RULES.list.map(({ type, limitPerProfile, keep }) => {
    return { type, keep, limitPerProfile: type === 'user_id' ? users : limitPerProfile };
  });
  return { rules };
}

/** People at consoles who change rules, merge, undo, split, write consents down and change segments, one thing after the other. */
export class BusyPeople {
  readonly tallies = noDeeds();
  /** How often each code was answered. */
  readonly refusals = new Map<string, number>();
  private extras = 0;

  constructor(private readonly options: PeopleOptions) {}

  async run(isOver: () => boolean): Promise<void> {
    const [least, most] = PAUSE_MS;
    while (!isOver()) {
      await this.doSomething();
      await sleep(least + (most - least) * this.options.chance());
    }
  }

  private async doSomething(): Promise<void> {
    const { chance } = this.options;
    const turn = chance();
    if (turn < 0.02)
      return this.carryOut('setIdentityRules', 'SetIdentityRulesInput!', '{ rules { type } }', rulesWith(1 + Math.floor(chance() * 3)));
    if (turn < 0.3) return this.changeSegments();
    const profile = await this.find();
    if (!profile) return;
    if (turn < 0.45) return this.consent(profile);
    if (turn < 0.7) return this.merge(profile);
    const undoable = profile.merges.filter(({ undoneAt }) => undoneAt === null);
    const merge = undoable[Math.floor(chance() * undoable.length)];
    if (turn < 0.9 && merge) await this.carryOut('undoMerge', 'UndoMergeInput!', '{ profiles { id } }', { mergeId: merge.id });
    else await this.split(profile);
  }

  private async merge(one: Found): Promise<void> {
    const other = await (this.options.chance() < 0.3 ? this.find() : this.findDevice());
    if (!other) return;
    await this.carryOut('mergeProfiles', 'MergeProfilesInput!', '{ profile { id } }', { profileIds: [one.id, other.id] });
  }

  private async split({ id, identifiers }: Found): Promise<void> {
    const { chance } = this.options;
    const chosen = identifiers.filter(() => chance() < 0.3).map(({ type, value }) => ({ type, value }));
    if (chosen.length === 0 || chosen.length === identifiers.length) return;
    await this.carryOut('splitProfile', 'SplitProfileInput!', '{ separated { id } }', { profileId: id, identifiers: chosen });
  }

  private async consent({ id }: Found): Promise<void> {
    const { chance } = this.options;
    const purpose = PURPOSES[Math.floor(chance() * PURPOSES.length)] as string;
    await this.carryOut('recordConsent', 'RecordConsentInput!', '{ profile { id } }', { profileId: id, purpose, granted: chance() < 0.5 });
  }

  private async changeSegments(): Promise<void> {
    const { chance } = this.options;
    const known = await this.ask<{ segments: { nodes: readonly { readonly id: string; readonly key: string }[] } }>(
      '{ segments(first: 50) { nodes { id key } } }',
    );
    if (!known?.data) return;
    const segments = known.data.segments.nodes.filter(({ key }) => key in FAMILIES || key.startsWith(EXTRA));
    const families = Object.keys(FAMILIES);
    const definition = (family: string) => FAMILIES[family]?.(Math.floor(chance() * VARIANTS)).definition;
    const segment = segments[Math.floor(chance() * segments.length)];
    const turn = chance();
    if (turn < 0.2 || !segment) {
      const key = `${EXTRA}${this.extras++}`;
      const family = families[Math.floor(chance() * families.length)] as string;
      await this.carryOut('createSegment', 'CreateSegmentInput!', '{ segment { id } }', { key, name: key, definition: definition(family) });
    } else if (segment.key.startsWith(EXTRA)) await this.carryOut('deleteSegment', 'DeleteSegmentInput!', '{ id }', { id: segment.id });
    else
      await this.carryOut('updateSegment', 'UpdateSegmentInput!', '{ segment { id } }', {
        id: segment.id,
        description: String(chance()),
        definition: definition(segment.key),
      });
  }

  private find(): Promise<Found | null> {
    return this.findBy('user_id', `user-${this.options.customer()}`);
  }

  /** Whom it belongs to; perhaps nobody who is known. */
  private findDevice(): Promise<Found | null> {
    return this.findBy('anonymous_id', `device-${this.options.customer()}-${this.options.chance() < 0.5 ? 0 : 1}`);
  }

  private async findBy(type: string, value: string): Promise<Found | null> {
    return (await this.ask<{ profile: Found | null }>(FIND, { identifier: { type, value } }))?.data?.profile ?? null;
  }

  private async carryOut(deed: Deed, type: string, selection: string, input: unknown): Promise<void> {
    const answer = await this.ask(`mutation ($input: ${type}) { ${deed}(input: $input) ${selection} }`, { input });
    const tally = this.tallies[deed];
    if (answer?.data) tally.acknowledged++;
    else if (answer === null || answer.codes.some((code) => UNKNOWN_CODES.has(code))) tally.unknown++;
    else tally.refused++;
    for (const code of answer?.codes ?? []) {
      const refusal = `${deed}: ${code}`;
      this.refusals.set(refusal, (this.refusals.get(refusal) ?? 0) + 1);
    }
  }

  private ask<Data>(query: string, variables: Readonly<Record<string, unknown>> = {}) {
    return askGraphql<Data>(this.options.address(), this.options.apiKey(), query, variables);
  }
}
