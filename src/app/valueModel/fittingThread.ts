import { parentPort, workerData } from 'node:worker_threads';
import { fitValue } from './fitValue';

/** What `fitInThread` runs. */
parentPort?.postMessage(fitValue(workerData));
