import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { ValueToFit } from './fitValue';

const THREAD = join(__dirname, 'fittingThread.js');

/** `fitValue` in a thread of its own, so that messages go on being processed. A process that ends does not wait for it. */
export async function fitInThread(toFit: ValueToFit): Promise<string> {
  const thread = new Worker(THREAD, { workerData: toFit });
  thread.unref();
  try {
    const [text] = await once(thread, 'message');
    return text;
  } finally {
    await thread.terminate();
  }
}
