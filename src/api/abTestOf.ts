import { parseJson } from '../intake/parseJson';
import { isJsonObject, type Json, type JsonObject } from '../kernel/json';
import { Refusal } from '../kernel/refusals';
import { INTERACTION_KINDS, type InteractionKind } from '../kernel/vocabulary';
import type { Paths } from '../measures/touches/paths';
import { abTest, type Exposure, exposureIn, type VariationCount } from '../measures/value/abTest';
import { countVariations, type ExperimentCustomer } from '../measures/value/experiment';
import { eventKey } from '../timeline/eventSpecs';
import { AB_TESTING } from '../timeline/specs/abTesting';
import { chosenTouches, identified } from './chosenTouches';
import type { RequestContext } from './requestContext';
import type { AbTestType } from './types/AbTestType';

export interface AskedAbTest {
  readonly experimentId: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly outcome: InteractionKind;
  /** The variation that others are compared with; null for the first by its id. */
  readonly control: string | null;
}

const VIEWED = new Set(AB_TESTING.flatMap(([names]) => names.map(eventKey)));

/** Who saw which variation in the period, and did afterwards, in the period, what was hoped for. */
export async function abTestOf(context: RequestContext, asked: AskedAbTest): Promise<AbTestType> {
  const paths = await context.ports.paths.readPaths(context.access.workspaceId, asked);
  const exposures = await exposuresByCustomer(context, paths, asked.experimentId);
  const outcome = INTERACTION_KINDS.indexOf(asked.outcome);
  const customers = [...exposures].map(([customer, exposure]): ExperimentCustomer => {
    const outcomesMs: number[] = [];
    for (let touch = paths.starts[customer] as number; touch < (paths.starts[customer + 1] as number); touch++) {
      if (paths.kinds[touch] === outcome) outcomesMs.push(paths.occurredAtMs[touch] as number);
    }
    return { exposure, outcomesMs };
  });
  const { counts, mixed } = countVariations(customers);
  const { variations, sampleRatio } = abTest(withControlFirst(counts, asked.control));
  return { experimentId: asked.experimentId, variations, sampleRatio, mixed };
}

function withControlFirst(counts: readonly VariationCount[], control: string | null): readonly VariationCount[] {
  if (control === null) return counts;
  const found = counts.find(({ variationId }) => variationId === control);
  if (!found) throw new Refusal('INVALID_INPUT', 'Nobody saw the variation that control names.');
  return [found, ...counts.filter((count) => count !== found)];
}

async function exposuresByCustomer(context: RequestContext, paths: Paths, experimentId: string): Promise<ReadonlyMap<number, Exposure>> {
  const viewed = new Set(paths.nameTexts.flatMap((name, code) => (VIEWED.has(eventKey(name)) ? [code] : [])));
  const places = chosenTouches(paths, (touch) => viewed.has(paths.names[touch] as number));
  const anything = { kind: null, name: null };
  const properties = await context.ports.paths.readProperties(context.access.workspaceId, anything, identified(paths, places));
  const exposures = new Map<number, Exposure>();
  for (const [index, { customer, touch }] of places.entries()) {
    for (const text of properties[index] ?? []) {
      const seen = exposureIn(propertiesOf(text), paths.occurredAtMs[touch] as number);
      if (seen?.experimentId !== experimentId) continue;
      const known = exposures.get(customer);
      if (!known) exposures.set(customer, seen);
      else if (known.variationId !== seen.variationId) exposures.set(customer, { ...known, isMixed: true });
    }
  }
  return exposures;
}

function propertiesOf(text: string): JsonObject {
  const properties = parseJson(text) as Json;
  return isJsonObject(properties) ? properties : {};
}
