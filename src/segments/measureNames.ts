/**
 * Measures that segments can ask for. `rows`: told from the rows that evaluation keeps, so that SQL reads them; `computed`: from the customer's facts
 * and a model, in memory alone, and looked at again daily.
 */
export const MEASURES = {
  'nps.latest': { from: 'rows', type: 'number' },
  'nps.average': { from: 'rows', type: 'number' },
  'csat.latest': { from: 'rows', type: 'number' },
  'csat.average': { from: 'rows', type: 'number' },
  'ces.latest': { from: 'rows', type: 'number' },
  'ces.average': { from: 'rows', type: 'number' },
  orders: { from: 'rows', type: 'number' },
  revenue: { from: 'rows', type: 'number' },
  averageOrderValue: { from: 'rows', type: 'number' },
  openConversations: { from: 'rows', type: 'number' },
  reopens: { from: 'rows', type: 'number' },
  openFriction: { from: 'rows', type: 'number' },
  lifecycleStage: { from: 'rows', type: 'string' },
  lastSeenDaysAgo: { from: 'rows', type: 'number' },
  firstSeenDaysAgo: { from: 'rows', type: 'number' },
  health: { from: 'computed', type: 'number' },
  churnRisk: { from: 'computed', type: 'number' },
  aliveProbability: { from: 'computed', type: 'number' },
} as const satisfies Readonly<Record<string, { readonly from: 'rows' | 'computed'; readonly type: 'number' | 'string' }>>;

export type MeasureName = keyof typeof MEASURES;
