import { parseJsonExactly } from '../intake/parseJson';
import type { JsonObject } from '../kernel/json';
import { Refusal } from '../kernel/refusals';
import { INTERACTION_KINDS } from '../kernel/vocabulary';
import type { StepMatch } from '../measures/journeys/funnel';
import { COMPARISON_NAMES, type PropertyMatch, propertyMatch } from '../measures/journeys/propertyMatch';
import type { Paths } from '../measures/touches/paths';
import { isPersonalKey } from '../profile/personalKeys';
import type { FunnelStepInput } from './inputs/JourneyInputs';
import { holdsAddress } from './masking';
import type { PathReader, TouchSelection } from './ports/pathReader';
import type { RequestContext } from './requestContext';

const MOST_STEPS = 20;
/** Interactions whose properties are looked at for one step. */
const MOST_CANDIDATES = 200_000;

/** A step as it is asked for, checked. */
interface FunnelStep extends TouchSelection {
  readonly label: string;
  /** Null where properties make no difference. */
  readonly where: PropertyMatch | null;
}

/** Refuses with INVALID_INPUT what can't be a funnel, and with FORBIDDEN what would tell of personal properties to who may not see them. */
export function checkedSteps(inputs: readonly FunnelStepInput[], { access }: RequestContext): FunnelStep[] {
  if (inputs.length === 0 || inputs.length > MOST_STEPS) throw new Refusal('INVALID_INPUT', `steps must hold 1 to ${MOST_STEPS} steps.`);
  return inputs.map(({ kind = null, name = null, where = null }) => {
    const label = name ?? kind;
    if (label === null) throw new Refusal('INVALID_INPUT', 'Each of the steps needs a kind or a name.');
    if (where && !access.seesPersonal && isAboutPeople(where)) access.need('pii:read');
    return { label, kind, name, where: where && matchOf(where) };
  });
}

function isAboutPeople(where: JsonObject): boolean {
  return Object.keys(where).some(isPersonalKey) || holdsAddress(JSON.stringify(where));
}

/** What tells which touches a step asks for. Only a step with conditions on properties reads more than the paths. */
export async function stepMatch(reader: PathReader, workspaceId: number, paths: Paths, step: FunnelStep): Promise<StepMatch> {
  const kind = step.kind === null ? null : INTERACTION_KINDS.indexOf(step.kind);
  const name = step.name === null ? null : paths.nameTexts.indexOf(step.name);
  const isCandidate = (touch: number) => (kind === null || paths.kinds[touch] === kind) && (name === null || paths.names[touch] === name);
  if (step.where === null) return isCandidate;
  const candidates = candidatesOf(paths, isCandidate);
  const properties = await reader.readProperties(workspaceId, step, candidates);
  const matching = new Set<number>();
  for (const [index, { touch }] of candidates.entries()) if (properties[index]?.some(holds(step.where))) matching.add(touch);
  return (touch) => matching.has(touch);
}

function candidatesOf(paths: Paths, isCandidate: StepMatch) {
  const candidates: { touch: number; identifierId: bigint; occurredAtMs: number }[] = [];
  for (let touch = 0; touch < paths.kinds.length; touch++) {
    if (!isCandidate(touch)) continue;
    if (candidates.length === MOST_CANDIDATES) {
      throw new Refusal(
        'INVALID_INPUT',
        `More than ${MOST_CANDIDATES} interactions come into question for one of the steps; ask for a shorter window.`,
      );
    }
    candidates.push({ touch, identifierId: paths.identifierIds[touch] as bigint, occurredAtMs: paths.occurredAtMs[touch] as number });
  }
  return candidates;
}

function holds(where: PropertyMatch): (properties: string) => boolean {
  return (properties) => where(parseJsonExactly(properties) as JsonObject);
}

function matchOf(where: JsonObject): PropertyMatch {
  const match = propertyMatch(where);
  if (match) return match;
  throw new Refusal('INVALID_INPUT', `where compares a property with a value, or by one of ${COMPARISON_NAMES.join(', ')}.`);
}
