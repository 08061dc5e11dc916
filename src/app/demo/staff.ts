import type { JsonObject } from '../../kernel/json';
import type { Department } from '../../kernel/vocabulary';
import type { Agenda } from './agenda';
import type { Chance } from './chance';
import type { DemoMessage } from './demoMessage';
import { DAY_MS, HOUR_MS } from './life';
import { AGENTS } from './words';

/** Who works for Harbour Roast and how well their department does in their own eyes, 0 to 10: support is sure of itself. */
const STAFF: Readonly<Record<Department, { readonly names: readonly string[]; readonly least: number; readonly most: number }>> = {
  MARKETING: { names: ['Ines', 'Wiktor'], least: 6, most: 9 },
  SALES: { names: ['Paolo', 'Hanna', 'Femi'], least: 7, most: 10 },
  PRODUCT: { names: ['Liv', 'Arjun', 'Noor'], least: 5, most: 8 },
  SUPPORT: { names: AGENTS, least: 7, most: 10 },
};

const REMARKS = ['Busy month.', 'We answer quickly.', 'Too many repeats of the same question.', ''] as const;

/** Every month everybody who works there is asked how well their own department treats customers. */
export function askStaff(chance: Chance, agenda: Agenda, span: { readonly startMs: number; readonly endMs: number }, hear: Hear): void {
  for (const [department, { names, least, most }] of Object.entries(STAFF) as [Department, (typeof STAFF)[Department]][]) {
    for (const name of names) {
      for (let atMs = span.startMs + 20 * DAY_MS; atMs < span.endMs; atMs += 30 * DAY_MS) {
        const answer = { score: chance.whole(least, most), comment: chance.pick(REMARKS) };
        agenda.at(atMs + chance.between(0, 30) * HOUR_MS, () => hear(feedback(department, name, answer, agenda.nowMs)));
      }
    }
  }
}

type Hear = (message: DemoMessage) => void;

function feedback(department: Department, name: string, answer: JsonObject, atMs: number): DemoMessage {
  const key = name.toLowerCase();
  const properties = { ...answer, scale_min: 0, scale_max: 10, about_department: department, survey_id: 'staff-monthly' };
  const message = {
    messageId: `demo-staff_${key}-${atMs}`,
    timestamp: new Date(atMs).toISOString(),
    type: 'track',
    event: 'Employee Feedback Given',
    userId: `staff-${key}`,
    properties,
    context: { library: { name: '@segment/analytics-node', version: '3.1.0' } },
  };
  return { department, atMs, message };
}
