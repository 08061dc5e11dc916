import { parseJson } from '../intake/parseJson';
import { isJsonObject, type Json } from '../kernel/json';
import { Refusal } from '../kernel/refusals';
import { uuidToBytes } from '../kernel/uuid';
import { INTERACTION_KINDS, type InteractionKind } from '../kernel/vocabulary';
import { labelsAt } from '../measures/journeys/labels';
import type { Place } from '../measures/touches/choosePlaces';
import type { Paths } from '../measures/touches/paths';
import {
  attributeByRule,
  type Conversion,
  type ConversionPath,
  conversionPathsOf,
  type RuleModel,
  type Touch,
} from '../measures/value/attribution';
import { attributeByMarkovChain } from '../measures/value/markovAttribution';
import { chosenTouches, identified } from './chosenTouches';
import { maskText } from './masking';
import type { RequestContext } from './requestContext';
import type { AttributionCreditType, AttributionType } from './types/AttributionType';

export type AttributionModel = RuleModel | 'MARKOV';
export type AttributionLabel = 'CAMPAIGN' | 'CHANNEL' | 'KIND';

export interface AskedAttribution {
  /** Of the orders. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly model: AttributionModel;
  readonly by: AttributionLabel;
  readonly kinds: readonly InteractionKind[];
  readonly lookbackMs: number;
  /** Of those who are in this segment now; null: of all. */
  readonly segmentId: string | null;
}

const MOST_ORDERS = 500_000;

/** Which touches orders of the period are owed to. Touches are looked for from `lookbackMs` before the period on. */
export async function attributionOf(context: RequestContext, asked: AskedAttribution): Promise<AttributionType> {
  const { workspaceId } = context.access;
  const { fromMs, toMs, lookbackMs, segmentId } = asked;
  const [paths, orders] = await Promise.all([
    context.ports.paths.readPaths(workspaceId, { fromMs: fromMs - lookbackMs, toMs, segmentId }),
    context.ports.reports.listOrders(workspaceId, { fromMs: fromMs - lookbackMs, toMs, limit: MOST_ORDERS + 1, segmentId }),
  ]);
  if (orders.length > MOST_ORDERS) throw new Refusal('INVALID_INPUT', `More than ${MOST_ORDERS} orders lie in this window.`);
  const touches = await touchesByCustomer(context, paths, asked);
  const conversions = new Map<number, Conversion[]>();
  for (const { profileId, placedAtMs, value } of orders) {
    const customer = paths.customers.customerOfProfile(uuidToBytes(profileId));
    const conversion = { atMs: placedAtMs, value };
    const own = conversions.get(customer);
    if (own) own.push(conversion);
    else conversions.set(customer, [conversion]);
  }
  const ways = [...new Set([...touches.keys(), ...conversions.keys()])].flatMap((customer) =>
    waysWithin(touches.get(customer) ?? [], conversions.get(customer) ?? [], asked),
  );
  return credited(ways, asked.model, (label) => (context.access.seesPersonal ? label : maskText(label)));
}

/** Orders before the period end a way, but are none of its conversions. */
function waysWithin(
  touches: readonly Touch[],
  conversions: readonly Conversion[],
  { fromMs, lookbackMs }: AskedAttribution,
): ConversionPath[] {
  const ways = conversionPathsOf(touches, conversions, lookbackMs);
  return ways.filter((_, index) => (conversions[index]?.atMs ?? fromMs) >= fromMs);
}

function credited(ways: readonly ConversionPath[], model: AttributionModel, shown: (label: string) => string): AttributionType {
  const conversions = ways.reduce((sum, way) => sum + way.conversions, 0);
  const untouched = ways.reduce((sum, way) => sum + (way.touches.length === 0 ? way.conversions : 0), 0);
  if (model !== 'MARKOV') {
    const credits = attributeByRule(ways, model).map((credit) => ({ ...credit, label: shown(credit.label), removalEffect: null }));
    return { conversions, untouched, conversionProbability: null, credits };
  }
  const { conversionProbability, credits } = attributeByMarkovChain(ways);
  const told = credits.map((credit): AttributionCreditType => ({ ...credit, label: shown(credit.label), values: [] }));
  return { conversions, untouched, conversionProbability, credits: told };
}

async function touchesByCustomer(
  context: RequestContext,
  paths: Paths,
  { kinds, by }: AskedAttribution,
): Promise<ReadonlyMap<number, readonly Touch[]>> {
  const codes = new Set(kinds.map((kind) => INTERACTION_KINDS.indexOf(kind)));
  const places = chosenTouches(paths, (touch) => codes.has(paths.kinds[touch] as number));
  const labels = by === 'CAMPAIGN' ? await campaignsOf(context, paths, places) : plainLabels(paths, places, by);
  const touches = new Map<number, Touch[]>();
  for (const [index, { customer, touch }] of places.entries()) {
    const one = { atMs: paths.occurredAtMs[touch] as number, label: labels[index] as string };
    const own = touches.get(customer);
    if (own) own.push(one);
    else touches.set(customer, [one]);
  }
  return touches;
}

function plainLabels(paths: Paths, places: readonly Place[], by: 'CHANNEL' | 'KIND'): readonly string[] {
  const { codes, texts } = labelsAt(by, paths);
  return places.map(({ touch }) => texts[codes[touch] as number] as string);
}

/** What names a campaign, in the words of mailers, advertisements and web analytics. */
const CAMPAIGN_NAMES = ['campaign_name', 'campaign', 'campaign_id', 'utm_campaign', 'promotion_name', 'promotion_id'];

/** The campaign that a touch names, else its kind. */
async function campaignsOf(context: RequestContext, paths: Paths, places: readonly Place[]): Promise<readonly string[]> {
  const { workspaceId } = context.access;
  const labels = plainLabels(paths, places, 'KIND');
  const named = [...labels];
  for (const kind of new Set(labels) as Set<InteractionKind>) {
    const indexes = [...labels.keys()].filter((index) => labels[index] === kind);
    const chosen = indexes.map((index) => places[index] as Place);
    const properties = await context.ports.paths.readProperties(workspaceId, { kind, name: null }, identified(paths, chosen));
    for (const [at, index] of indexes.entries()) named[index] = properties[at]?.map(campaignIn).find((name) => name !== null) ?? kind;
  }
  return named;
}

function campaignIn(text: string): string | null {
  const properties = parseJson(text) as Json;
  if (!isJsonObject(properties)) return null;
  for (const name of CAMPAIGN_NAMES) {
    const value = properties[name];
    const said = isJsonObject(value) ? value['name'] : value;
    if (typeof said === 'string' && said.trim() !== '') return said.trim();
  }
  return null;
}
