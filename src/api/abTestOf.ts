import { parseJson } from '../intake/parseJson';
import { isJsonObject, type Json, type JsonObject } from '../kernel/json';
import { Refusal } from '../kernel/refusals';
import { INTERACTION_KINDS, type InteractionKind } from '../kernel/vocabulary';
import type { Paths } from '../measures/touches/paths';
import { abTest, type VariationCount } from '../measures/value/abTest';
import { countVariations, type ExperimentCustomer, exposuresIn } from '../measures/value/exposure';
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
  /** After the first sight of the variation. */
  readonly withinMs: number;
  /** The variation that others are compared with; null for the first by its id. */
  readonly control: string | null;
  /** Of those who are in this segment now; null: of all. */
  readonly segmentId: string | null;
}

const VIEWED = new Set(AB_TESTING.flatMap(([names]) => names.map(eventKey)));

/** Who saw which variation in the period, and did afterwards, in the period, what was hoped for. */
export async function abTestOf(context: RequestContext, asked: AskedAbTest): Promise<AbTestType> {
  const paths = await context.ports.paths.readPaths(context.access.workspaceId, asked);
  const views = await viewsByCustomer(context, paths);
  const outcome = INTERACTION_KINDS.indexOf(asked.outcome);
  const customers = [...views].map(([customer, viewed]): ExperimentCustomer => {
    const outcomesAtMs: number[] = [];
    for (let touch = paths.starts[customer] as number; touch < (paths.starts[customer + 1] as number); touch++) {
      if (paths.kinds[touch] === outcome) outcomesAtMs.push(paths.occurredAtMs[touch] as number);
    }
    return { exposures: exposuresIn(viewed), outcomesAtMs };
  });
  const { counts, mixed } = countVariations(customers, asked.experimentId, asked.withinMs);
  const { variations, sampleRatio } = abTest(withControlFirst(counts, asked.control));
  return { experimentId: asked.experimentId, variations, sampleRatio, mixed };
}

function withControlFirst(counts: readonly VariationCount[], control: string | null): readonly VariationCount[] {
  if (control === null) return counts;
  const found = counts.find(({ variationId }) => variationId === control);
  if (!found) throw new Refusal('INVALID_INPUT', 'Nobody saw the variation that control names.');
  return [found, ...counts.filter((count) => count !== found)];
}

interface View {
  readonly properties: JsonObject;
  readonly occurredAtMs: number;
}

/** What each customer was shown of experiments, in order. */
async function viewsByCustomer(context: RequestContext, paths: Paths): Promise<ReadonlyMap<number, readonly View[]>> {
  const viewed = new Set(paths.nameTexts.flatMap((name, code) => (VIEWED.has(eventKey(name)) ? [code] : [])));
  const places = chosenTouches(paths, (touch) => viewed.has(paths.names[touch] as number));
  const custom = { kind: 'CUSTOM', name: null } as const;
  const properties = await context.ports.paths.readProperties(context.access.workspaceId, custom, identified(paths, places));
  const views = new Map<number, View[]>();
  for (const [index, { customer, touch }] of places.entries()) {
    const seen = (properties[index] ?? []).map((text) => ({
      properties: propertiesOf(text),
      occurredAtMs: paths.occurredAtMs[touch] as number,
    }));
    views.set(customer, [...(views.get(customer) ?? []), ...seen]);
  }
  return views;
}

function propertiesOf(text: string): JsonObject {
  const properties = parseJson(text) as Json;
  return isJsonObject(properties) ? properties : {};
}
