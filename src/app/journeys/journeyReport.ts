import { type DirectlyFollows, directlyFollows, type EventLog, type Variant, variantsOf } from '../../measures/journeys/eventLog';
import { type Repeats, repeatsOf } from '../../measures/journeys/repeats';

/** Activities of one variant that the table shows. */
const MOST_SHOWN = 40;

/** What the command finds in a log. */
export interface JourneyReport {
  readonly cases: number;
  readonly events: number;
  readonly activities: readonly { readonly activity: string; readonly count: number }[];
  readonly variants: readonly (Variant & { readonly share: number })[];
  readonly directlyFollows: readonly DirectlyFollows[];
  readonly startActivities: readonly { readonly activity: string; readonly cases: number }[];
  readonly endActivities: readonly { readonly activity: string; readonly cases: number }[];
  readonly repeats: readonly Repeats[];
}

export function journeyReport(log: EventLog, repeated: readonly string[]): JourneyReport {
  const cases = log.starts.length - 1;
  const ends = Array.from({ length: cases }, (_, trace) => [log.starts[trace] as number, (log.starts[trace + 1] as number) - 1] as const);
  return {
    cases,
    events: log.events.length,
    activities: countsOf(log, log.events).map(({ activity, cases: count }) => ({ activity, count })),
    variants: variantsOf(log).map((variant) => ({ ...variant, share: variant.cases / cases })),
    directlyFollows: directlyFollows(log),
    startActivities: countsOf(
      log,
      Uint32Array.from(ends, ([first]) => log.events[first] as number),
    ),
    endActivities: countsOf(
      log,
      Uint32Array.from(ends, ([, last]) => log.events[last] as number),
    ),
    repeats: repeated.map((activity) => repeatsOf(log, activity)),
  };
}

/** A report as a table, variants and pairs up to `first`. */
export function reportTable(report: JourneyReport, first: number): string {
  const variants = report.variants.slice(0, first);
  const pairs = report.directlyFollows.slice(0, first);
  return [
    `${report.cases} cases, ${report.events} events, ${report.activities.length} activities, ${report.variants.length} variants`,
    '',
    title('cases', 'variant', variants.length, report.variants.length),
    ...variants.map(({ cases, share, activities }) => line(cases, `${percent(share)}  ${wayText(activities)}`)),
    '',
    title('count', 'directly follows', pairs.length, report.directlyFollows.length),
    ...pairs.map(({ count, from, to }) => line(count, `${from} → ${to}`)),
    ...report.repeats.flatMap(repeatLines),
    '',
  ].join('\n');
}

function wayText(activities: readonly string[]): string {
  const left = activities.length - MOST_SHOWN;
  return `${activities.slice(0, MOST_SHOWN).join(' → ')}${left > 0 ? ` → and ${left} more` : ''}`;
}

function repeatLines({ activity, cases, repeatedCases, repeats, rate }: Repeats): string[] {
  const share = rate === null ? '' : ` (${percent(rate).trim()})`;
  return ['', `"${activity}" came again ${repeats} times, in ${repeatedCases} of the ${cases} cases that have it${share}`];
}

function title(count: string, what: string, listed: number, total: number): string {
  return `${count.padStart(10)}  ${what}${listed < total ? ` (the first ${listed} of ${total})` : ''}`;
}

function line(count: number, text: string): string {
  return `${String(count).padStart(10)}  ${text}`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`.padStart(7);
}

/** The most frequent first, equally frequent ones by name. */
function countsOf({ activities }: EventLog, events: Uint32Array): { activity: string; cases: number }[] {
  const counts = new Map<number, number>();
  for (const event of events) counts.set(event, (counts.get(event) ?? 0) + 1);
  const counted = [...counts].map(([code, cases]) => ({ activity: activities[code] as string, cases }));
  return counted.sort((left, right) => right.cases - left.cases || (left.activity < right.activity ? -1 : 1));
}
