import { parentPort, workerData } from 'node:worker_threads';
import { trainOnTexts } from './trainOnTexts';

/** What `trainInThread` runs. */
parentPort?.postMessage(trainOnTexts(workerData));
