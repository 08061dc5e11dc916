import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { MatchModel } from '../../identity/matching/matchModel';

const THREAD = join(__dirname, 'trainingThread.js');

/** `trainOnTexts` in a thread of its own, so that messages go on being processed. A process that ends does not wait for it. */
export async function trainInThread(records: readonly (readonly string[])[]): Promise<MatchModel> {
  const thread = new Worker(THREAD, { workerData: records });
  thread.unref();
  try {
    const [model] = await once(thread, 'message');
    return model;
  } finally {
    await thread.terminate();
  }
}
