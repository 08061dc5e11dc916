import { Refusal } from '../kernel/refusals';
import { decodeCursor, encodeCursor } from '../timeline/cursor';
import { type PageArgs, pageOf, planPage } from '../timeline/page';
import { indexedWords } from '../timeline/saidWords';
import { holdsWords, wordsToFind } from '../timeline/textMatch';
import type { TimelineFilterInput } from './inputs/TimelineFilterInput';
import { maskText } from './masking';
import type { MemberRecord } from './ports/profileReader';
import type { InteractionRecord, TimelinePoint, TimelineRange, TimelineSelection } from './ports/timelineReader';
import type { RequestContext } from './requestContext';
import { InteractionConnectionType } from './types/ConnectionTypes';
import { InteractionType } from './types/InteractionType';
import type { ProfileType } from './types/ProfileType';

const MAX_FILTER_VALUES = 200;

/** A timeline of no more interactions is looked through within a few dozen milliseconds. */
const LOOKED_THROUGH_QUICKLY = 2_000;

/** Before every interaction of its millisecond, so that `from` is inclusive and `to` is not. */
const FIRST_OF_ITS_MILLISECOND = '00000000-0000-0000-0000-000000000000';

const EVERYTHING: TimelineSelection = { departments: null, channels: null, kinds: null, names: null, olderThan: null, newerThan: null };

/** A page of the merged timeline of a customer's identifiers, newest first. */
export async function timelineOf(
  context: RequestContext,
  customer: { readonly profile: ProfileType; readonly members: readonly MemberRecord[]; readonly asOfMs: number | null },
  args: PageArgs,
  filter: TimelineFilterInput | null,
): Promise<InteractionConnectionType> {
  const plan = planPage(args, decodeCursor);
  const selection = upTo(customer.asOfMs, selectionOf(filter, context.access.seesPersonal));
  const identifierIds = ownersOf(customer.members);
  const range: TimelineRange = {
    ...selection,
    olderThan: older(selection.olderThan, plan.after),
    newerThan: newer(selection.newerThan, plan.before),
    limit: plan.limit,
    end: plan.walk === 'FORWARD' ? 'newest' : 'oldest',
  };
  const nodeOf = (record: InteractionRecord) => new InteractionType(record, !context.access.seesPersonal, customer.profile);
  const { read, countAll } = readersOf(context, customer.members, filter, nodeOf);
  const records = identifierIds.length === 0 || plan.size === 0 ? [] : await read(range);
  const nodes = records.map(nodeOf);
  const page = pageOf(plan, nodes, (node) => encodeCursor(node.place));
  const count = () => {
    if (filter === null && customer.asOfMs === null) return customer.members.reduce((sum, member) => sum + member.interactions, 0);
    const isWhole = plan.size > 0 && plan.after === null && plan.before === null && records.length <= plan.size;
    return identifierIds.length === 0 || isWhole ? records.length : countAll(selection);
  };
  return new InteractionConnectionType(page, count);
}

/** The newest interactions of these identifiers up to then, then included; null: up to now. */
export function newestOf(
  { timelines }: RequestContext,
  identifierIds: readonly string[],
  wanted: { readonly untilMs: number | null; readonly limit: number },
): Promise<readonly InteractionRecord[]> {
  if (identifierIds.length === 0) return Promise.resolve([]);
  return timelines.load(identifierIds, { ...upTo(wanted.untilMs, EVERYTHING), limit: wanted.limit, end: 'newest' });
}

/** Identifiers without interactions of their own have no timeline to be read. */
export function ownersOf(members: readonly MemberRecord[]): readonly string[] {
  return members.filter((member) => member.interactions > 0).map((member) => member.identifierId);
}

function upTo(untilMs: number | null, selection: TimelineSelection): TimelineSelection {
  if (untilMs === null) return selection;
  return { ...selection, olderThan: older(selection.olderThan, { occurredAtMs: untilMs + 1, interactionId: FIRST_OF_ITS_MILLISECOND }) };
}

/**
 * Text is looked for in what is shown, so that is made of each interaction; everything else PostgreSQL selects. On long timelines, what was said is found
 * by the index of words, but not for those who see it masked: they could guess it.
 */
function readersOf(
  { access, timelines, timelineSearch }: RequestContext,
  members: readonly MemberRecord[],
  filter: TimelineFilterInput | null,
  nodeOf: (record: InteractionRecord) => InteractionType,
) {
  const identifierIds = ownersOf(members);
  if (filter?.text === null || filter?.text === undefined) {
    return {
      read: (range: TimelineRange) => timelines.load(identifierIds, range),
      countAll: (selection: TimelineSelection) => timelines.count(identifierIds, selection),
    };
  }
  const words = wordsToFind(filter.text);
  const isLong = members.reduce((sum, member) => sum + member.interactions, 0) > LOOKED_THROUGH_QUICKLY;
  const looked = {
    identifierIds,
    matches: (record: InteractionRecord) => holdsWords(nodeOf(record).searchable, words),
    indexedWords: isLong && access.seesPersonal ? indexedWords(words) : null,
  };
  return {
    read: (range: TimelineRange) => timelineSearch.find(looked, range),
    countAll: (selection: TimelineSelection) => timelineSearch.count(looked, selection),
  };
}

/** Refuses with INVALID_INPUT lists that are too long. A name that is shown masked can't be asked for by who only sees it so: it could be guessed. */
function selectionOf(filter: TimelineFilterInput | null, seesPersonal: boolean): TimelineSelection {
  const list = <Value>(name: string, values: readonly Value[] | null | undefined): readonly Value[] | null => {
    if (values && values.length > MAX_FILTER_VALUES)
      throw new Refusal('INVALID_INPUT', `${name} may hold at most ${MAX_FILTER_VALUES} values.`);
    return values ?? null;
  };
  const point = (atMs: number | null | undefined): TimelinePoint | null =>
    atMs === null || atMs === undefined ? null : { occurredAtMs: atMs, interactionId: FIRST_OF_ITS_MILLISECOND };
  return {
    departments: list('departments', filter?.departments),
    channels: list('channels', filter?.channels),
    kinds: list('kinds', filter?.kinds),
    names: list('names', filter?.names)?.filter((name) => seesPersonal || maskText(name) === name) ?? null,
    olderThan: point(filter?.to),
    newerThan: point(filter?.from),
  };
}

function isAfter(left: TimelinePoint, right: TimelinePoint): boolean {
  return (
    left.occurredAtMs - right.occurredAtMs > 0 || (left.occurredAtMs === right.occurredAtMs && left.interactionId > right.interactionId)
  );
}

function older(left: TimelinePoint | null, right: TimelinePoint | null): TimelinePoint | null {
  if (left === null || right === null) return left ?? right;
  return isAfter(left, right) ? right : left;
}

function newer(left: TimelinePoint | null, right: TimelinePoint | null): TimelinePoint | null {
  if (left === null || right === null) return left ?? right;
  return isAfter(left, right) ? left : right;
}
