/** Where a ticket stands, in the words of Zendesk, which other help desks have under other names. */
export type TicketStatus = 'new' | 'open' | 'pending' | 'hold' | 'solved' | 'closed';

/**
 * What a change of status means, by its own old and new value alone, so that it means the same in whatever order changes arrive.
 * `before` is null where the vendor does not say it.
 */
export function eventsOfStatusChange(before: TicketStatus | null, now: TicketStatus): readonly string[] {
  if (before === now) return [];
  if (now === 'solved') return ['Ticket Solved'];
  if (now === 'closed') return ['Ticket Closed'];
  const reopened = before === 'solved' || before === 'closed' ? ['Ticket Reopened'] : [];
  if (now === 'hold') return [...reopened, 'Ticket On Hold'];
  if (now === 'pending') return [...reopened, 'Ticket Pending'];
  return reopened.length > 0 ? reopened : ['Ticket Status Changed'];
}

/** Zendesk says normal where Freshdesk says medium. */
const PRIORITIES: Readonly<Record<string, number>> = { low: 0, normal: 1, medium: 1, high: 2, urgent: 3 };
const USUAL = 1;

/** Whether a priority was raised above what is usual. */
export function isRaised(before: string | null, now: string | null): boolean {
  const rank = (priority: string | null): number => PRIORITIES[priority ?? ''] ?? USUAL;
  return rank(now) > Math.max(rank(before), USUAL);
}
