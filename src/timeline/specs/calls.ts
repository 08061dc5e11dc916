import type { Call } from '../../intake/message';
import type { EventSpec } from './eventSpec';

/** What the calls other than track say by themselves: pages, screens, identify, group and alias. */
export const CALL_SPECS: Readonly<Record<Exclude<Call, 'track'>, EventSpec & { readonly name: string }>> = {
  page: { name: 'Page Viewed', kind: 'PAGE_VIEWED', department: 'SOURCE', channel: 'WEB', direction: 'INBOUND', aboutAccount: false },
  screen: {
    name: 'Screen Viewed',
    kind: 'SCREEN_VIEWED',
    department: 'SOURCE',
    channel: 'MOBILE_APP',
    direction: 'INBOUND',
    aboutAccount: false,
  },
  identify: { name: 'Identify', kind: 'IDENTIFIED', department: 'SOURCE', channel: 'CONTEXT', direction: 'INTERNAL', aboutAccount: false },
  group: { name: 'Group', kind: 'ACCOUNT_JOINED', department: 'SOURCE', channel: 'CONTEXT', direction: 'INTERNAL', aboutAccount: true },
  alias: { name: 'Alias', kind: 'IDENTIFIED', department: 'SOURCE', channel: 'CONTEXT', direction: 'INTERNAL', aboutAccount: false },
};
