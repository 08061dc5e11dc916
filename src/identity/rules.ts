import { isJsonObject, type Json, type JsonObject } from '../kernel/json';
import { Refusal } from '../kernel/refusals';
import { isBlockedValue } from './blockedValues';
import { matchesGlob } from './glob';
import { isIdentifierType } from './identifierType';
import { RECORD_TYPES, RECORDS_PER_PROFILE } from './recordTypes';

const MAX_RULES = 100;
const MAX_LIMIT_PER_PROFILE = 1_000_000;
const MAX_PATTERNS = 100;
const MAX_PATTERN_LENGTH = 200;

/** Whether, of two links that a limit does not allow together, the one first seen stands or the one last seen. */
export type KeepLink = 'EARLIEST' | 'LATEST';

/** Beyond this many identifiers of stronger types, an identifier is a hub: it links nothing. */
export const HUB_LIMIT = 1000;

/** The type that stands for every type without a rule of its own. */
export const OTHER_TYPES = '*';

export interface IdentityRule {
  /** An identifier type, or `*` for all types that have no rule of their own; each of those has the limit for itself. */
  readonly type: string;
  /** How many of the type one profile may hold; ids joined by alias count as one. */
  readonly limitPerProfile: number;
  readonly keep: KeepLink;
  /** Values of the type that identify nobody: `*` and `?` as in file names, the whole value, in whatever case. */
  readonly blockedPatterns: readonly string[];
}

export interface RankedRule extends IdentityRule {
  /** 0 is the strongest. All types without a rule of their own share one rank. */
  readonly rank: number;
}

/** How identifiers of one workspace may be linked, strongest type first. */
export class IdentityRules {
  /** As configured, with `*`. */
  readonly list: readonly RankedRule[];
  /** The list, and behind it the rules of those types of records that it doesn't name. */
  readonly all: readonly RankedRule[];
  /** Whether any rule blocks values beyond those that are always blocked. */
  readonly hasPatterns: boolean;
  private readonly byType: ReadonlyMap<string, RankedRule>;
  private readonly others: RankedRule;

  constructor(rules: readonly IdentityRule[]) {
    const whole = rules.some((rule) => rule.type === OTHER_TYPES) ? rules : [...rules, OTHERS];
    this.list = whole.map((rule, rank) => ({
      ...rule,
      rank,
      blockedPatterns: rule.blockedPatterns.map((pattern) => pattern.toLowerCase()),
    }));
    this.hasPatterns = this.list.some((rule) => rule.blockedPatterns.length > 0);
    this.others = this.list.find((rule) => rule.type === OTHER_TYPES) as RankedRule;
    this.all = [...this.list, ...this.recordRules()];
    this.byType = new Map(this.all.map((rule) => [rule.type, rule]));
  }

  private recordRules(): readonly RankedRule[] {
    const { blockedPatterns } = this.others;
    const unnamed = RECORD_TYPES.filter((type) => !this.list.some((rule) => rule.type === type));
    const rank = this.list.length;
    return unnamed.map((type) => ({ type, limitPerProfile: RECORDS_PER_PROFILE, keep: 'LATEST', blockedPatterns, rank }));
  }

  ruleFor(type: string): RankedRule {
    return this.byType.get(type) ?? this.others;
  }

  /** As `identityRulesFromJson` reads them. */
  toJson(): readonly JsonObject[] {
    return this.list.map(({ type, limitPerProfile, keep, blockedPatterns }) => ({ type, limitPerProfile, keep, blockedPatterns }));
  }

  isBlocked(type: string, value: string): boolean {
    if (isBlockedValue(value)) return true;
    const { blockedPatterns } = this.ruleFor(type);
    if (blockedPatterns.length === 0) return false;
    const lowered = value.toLowerCase();
    return blockedPatterns.some((pattern) => matchesGlob(pattern, lowered));
  }
}

const OTHERS: IdentityRule = { type: OTHER_TYPES, limitPerProfile: 5, keep: 'EARLIEST', blockedPatterns: [] };

/** A shared tablet belongs to who signed in last; everything else stays with whom it was first seen with. */
export const DEFAULT_IDENTITY_RULES = new IdentityRules([
  { type: 'user_id', limitPerProfile: 1, keep: 'EARLIEST', blockedPatterns: [] },
  OTHERS,
  { type: 'email', limitPerProfile: 5, keep: 'EARLIEST', blockedPatterns: [] },
  { type: 'phone', limitPerProfile: 5, keep: 'EARLIEST', blockedPatterns: [] },
  { type: 'device_id', limitPerProfile: 100, keep: 'LATEST', blockedPatterns: [] },
  { type: 'anonymous_id', limitPerProfile: 100, keep: 'LATEST', blockedPatterns: [] },
]);

/**
 * Rules as stored or as a client sends them: `[{ type, limitPerProfile, keep, blockedPatterns? }]`, strongest first; nothing stored means the
 * defaults. Where no rule names `*`, it comes last with its default. Refuses with INVALID_INPUT, naming every fault at once.
 */
export function identityRulesFromJson(stored: Json | undefined): IdentityRules {
  if (stored === undefined || stored === null) return DEFAULT_IDENTITY_RULES;
  const faults: string[] = [];
  if (!Array.isArray(stored) || stored.length === 0 || stored.length > MAX_RULES) {
    throw new Refusal('INVALID_INPUT', `Identity rules are a list of 1 to ${MAX_RULES} rules.`);
  }
  const rules = (stored as readonly Json[]).map((rule, index) => parseRule(rule, index, faults));
  const types = rules.map((rule) => rule.type);
  for (const type of new Set(types.filter((name, index) => types.indexOf(name) !== index))) faults.push(`There are two rules for ${type}.`);
  if (faults.length > 0) throw new Refusal('INVALID_INPUT', faults.join(' '));
  return new IdentityRules(rules);
}

function parseRule(rule: Json, index: number, faults: string[]): IdentityRule {
  const fields: JsonObject = isJsonObject(rule) ? rule : {};
  const { type, limitPerProfile, keep, blockedPatterns = [] } = fields;
  const patterns = Array.isArray(blockedPatterns) ? (blockedPatterns as readonly Json[]) : [null];
  const check = (holds: boolean, demand: string) => {
    if (!holds) faults.push(`Rule ${index + 1}: ${demand}.`);
  };
  check(
    type === OTHER_TYPES || (typeof type === 'string' && isIdentifierType(type)),
    'type must be an identifier type in lower snake case, or *',
  );
  check(isLimit(limitPerProfile), `limitPerProfile must be a whole number from 1 to ${MAX_LIMIT_PER_PROFILE}`);
  check(keep === 'EARLIEST' || keep === 'LATEST', 'keep must be EARLIEST or LATEST');
  check(
    patterns.length <= MAX_PATTERNS && patterns.every(isPattern),
    `blockedPatterns must be at most ${MAX_PATTERNS} texts of 1 to ${MAX_PATTERN_LENGTH} characters that can be stored`,
  );
  return {
    type: String(type),
    limitPerProfile: Number(limitPerProfile),
    keep: keep as KeepLink,
    blockedPatterns: patterns.filter(isPattern),
  };
}

function isLimit(value: Json | undefined): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= MAX_LIMIT_PER_PROFILE;
}

function isPattern(value: Json): value is string {
  return (
    typeof value === 'string' && value.trim() !== '' && value.length <= MAX_PATTERN_LENGTH && !value.includes('\0') && value.isWellFormed()
  );
}
