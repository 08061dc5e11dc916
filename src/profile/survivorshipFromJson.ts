import { isJsonObject } from '../kernel/json';
import { SURVIVORSHIP_RULES, type SurvivorshipRule, type SurvivorshipRules } from './survivorship';

/** `{"plan": {"rule": "SOURCE_PRIORITY", "sources": [2, 1]}}`; what is none of the rules is left out. */
export function survivorshipFromJson(stored: unknown): SurvivorshipRules {
  const rules: Record<string, { rule: SurvivorshipRule; sources: number[] }> = Object.create(null);
  if (!isJsonObject(stored)) return rules;
  for (const [key, value] of Object.entries(stored)) {
    const { rule, sources = [] } = isJsonObject(value) ? value : {};
    const known = SURVIVORSHIP_RULES.find((name) => name === rule);
    if (known) rules[key] = { rule: known, sources: Array.isArray(sources) ? sources.filter((id) => typeof id === 'number') : [] };
  }
  return rules;
}
