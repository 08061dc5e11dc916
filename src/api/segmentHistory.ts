import { Refusal } from '../kernel/refusals';
import { periodsOf } from '../measures/journeys/periods';
import { sizeHistory } from '../segments/sizeHistory';
import type { MovesWindow } from './ports/segmentReader';
import type { RequestContext } from './requestContext';
import type { SegmentSizePointType } from './types/SegmentSizePointType';

const MOST_POINTS = 1_000;

/** How a segment grew and shrank. What lies ahead has no points. Refuses with INVALID_INPUT an empty window, and one with too many periods. */
export async function segmentHistory(
  context: RequestContext,
  segmentId: string,
  { fromMs, toMs, interval }: MovesWindow,
): Promise<SegmentSizePointType[]> {
  if (fromMs >= toMs) throw new Refusal('INVALID_INPUT', 'from must be before to.');
  const bounds = periodsOf(fromMs, Math.min(toMs, context.clock()), interval, MOST_POINTS);
  if (!bounds) throw new Refusal('INVALID_INPUT', `from and to must lie at most ${MOST_POINTS} periods apart.`);
  const stepsMs = [...bounds.subarray(0, -1)];
  if (stepsMs.length === 0) return [];
  const asked = { segmentId, fromMs: bounds[0] as number, toMs: bounds.at(-1) as number, interval };
  const basis = await context.segments.moves.load(asked);
  return basis === null ? [] : sizeHistory(basis, stepsMs).map(({ atMs, ...point }) => ({ at: atMs, ...point }));
}
