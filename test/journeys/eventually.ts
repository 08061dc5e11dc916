import { setTimeout as sleep } from 'node:timers/promises';

/** Generous: what is waited for takes milliseconds on a machine that has nothing else to do. */
const PATIENCE_MS = 60_000;

/** Resolves as soon as the condition holds; fails with `what` where it never does. */
export async function eventually(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  for (const startedAt = Date.now(); !(await condition()); await sleep(20)) {
    if (Date.now() - startedAt > PATIENCE_MS) throw new Error(`It never came about that ${what}.`);
  }
}
