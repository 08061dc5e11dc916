import type { ReportPeriod as AskedPeriod, ExperienceReports } from '../../api/ports/experienceReports';
import { CHANNELS, DEPARTMENTS, type Department } from '../../kernel/vocabulary';
import type { FrictionKind } from '../../measures/friction/signal';
import { listOrders } from '../../storage/statements/listOrders';
import { reportChurn } from '../../storage/statements/reportChurn';
import { reportConversationCounts, reportConversationDurations } from '../../storage/statements/reportConversations';
import { reportInfluence, reportPerceptions } from '../../storage/statements/reportDepartments';
import { reportFriction, reportFrictionTimes } from '../../storage/statements/reportFriction';
import { reportOrders, reportOrdersOfCustomers } from '../../storage/statements/reportOrders';
import type { ReportPeriod } from '../../storage/statements/reportPeriod';
import { reportRevenueChurn } from '../../storage/statements/reportRevenue';
import { reportSteps } from '../../storage/statements/reportSteps';
import { reportSurveyAnswers } from '../../storage/statements/reportSurveys';
import type { WorkspaceConnections } from '../../storage/workspaceConnections';

export function experienceReports(connections: WorkspaceConnections): ExperienceReports {
  return {
    readSteps: (workspaceId, period) => reportSteps(connections, workspaceId, stored(period)),
    readAnswers: (workspaceId, period) => reportSurveyAnswers(connections, workspaceId, stored(period)),
    readConversations: (workspaceId, period, repeatsBeforeMs) =>
      reportConversationCounts(connections, workspaceId, { ...stored(period), repeatsBeforeMs }),
    readDurations: (workspaceId, period, durations) => reportConversationDurations(connections, workspaceId, stored(period), durations),
    readOrders: (workspaceId, period) => reportOrders(connections, workspaceId, stored(period)),
    readOrdersOfCustomers: (workspaceId, period) => reportOrdersOfCustomers(connections, workspaceId, stored(period)),
    readChurn: (workspaceId, periods, segmentId) => reportChurn(connections, workspaceId, periods, segmentId),
    readRevenueChurn: (workspaceId, period, segmentId) => reportRevenueChurn(connections, workspaceId, period, segmentId),
    listOrders: async (workspaceId, window) => {
      const orders = await listOrders(connections, workspaceId, window);
      return orders.map(([profileId, placedAtMs, amount, currency]) => ({ profileId, placedAtMs, value: { amount, currency } }));
    },
    readFrictionTimes: (workspaceId, period) =>
      reportFrictionTimes(connections, workspaceId, stored({ ...period, interval: null, timeZone: 'UTC' })),
    readFriction: async (workspaceId, period) => {
      const { kinds, profileIds } = await reportFriction(connections, workspaceId, stored(period));
      return { kinds: named(kinds).map((row) => ({ ...row, kind: row.kind as FrictionKind })), profileIds };
    },
    readPerceptions: async (workspaceId, period) => named(await reportPerceptions(connections, workspaceId, stored(period))),
    readInfluence: (workspaceId, { fromMs, toMs, segmentId }, begunByMs) =>
      reportInfluence(connections, workspaceId, { fromMs, toMs, segmentId, begunByMs }),
  };
}

function stored({ department, channel, interval, ...period }: AskedPeriod): ReportPeriod {
  return {
    ...period,
    department: department && DEPARTMENTS.indexOf(department),
    channel: channel && CHANNELS.indexOf(channel),
    interval: interval && (interval.toLowerCase() as Lowercase<typeof interval>),
  };
}

function named<Row extends { readonly department: number }>(
  rows: readonly Row[],
): (Omit<Row, 'department'> & { department: Department })[] {
  return rows.map((row) => ({ ...row, department: DEPARTMENTS[row.department] as Department }));
}
