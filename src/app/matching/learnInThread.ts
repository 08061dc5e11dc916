import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { TrainingRecord } from './comparableProfile';
import type { Learnt } from './learn';

const THREAD = join(__dirname, 'learningThread.js');

/** `learn` in a thread of its own, so that messages go on being processed. A process that ends does not wait for it. */
export async function learnInThread(records: readonly TrainingRecord[]): Promise<Learnt> {
  const thread = new Worker(THREAD, { workerData: records });
  thread.unref();
  try {
    const [learnt] = await once(thread, 'message');
    return learnt;
  } finally {
    await thread.terminate();
  }
}
