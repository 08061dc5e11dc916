import type { RateLimiter } from '../intake/rates/rateLimiter';
import type { SharedSpending } from '../queue/sharedSpending';
import { repeatedly } from './repeatedly';

type Shared = Pick<SharedSpending, 'add' | 'close'>;

/** Processes overspend together by what each of them spends within this time. */
const SHARE_EVERY_MS = 200;

/**
 * Tells the other processes again and again what this one spent, and this one what they did. While they can't be told, each counts for itself;
 * `onError` hears of that once.
 */
export function shareSpending(
  shared: Shared,
  limiters: Readonly<Record<string, RateLimiter | null>>,
  onError: (error: unknown) => void,
): { stop(): Promise<void> } {
  const named = Object.entries(limiters).flatMap(([name, limiter]) => (limiter ? [[name, limiter] as const] : []));
  let isTold = true;
  const share = async () => {
    try {
      for (const [name, limiter] of named) await shareOnce(shared, name, limiter);
      isTold = true;
    } catch (error) {
      if (isTold) onError(error);
      isTold = false;
    }
  };
  const sharing = repeatedly(SHARE_EVERY_MS, share);
  return {
    async stop() {
      await sharing.stop();
      shared.close();
    },
  };
}

async function shareOnce(shared: Shared, name: string, limiter: RateLimiter): Promise<void> {
  const spent = limiter.takeUntold();
  if (spent.length === 0) return;
  try {
    const aheadMs = await shared.add(name, spent);
    for (const [index, { id }] of spent.entries()) limiter.tell(id, aheadMs[index] ?? 0);
  } catch (error) {
    for (const one of spent) limiter.giveBack(one);
    throw error;
  }
}
