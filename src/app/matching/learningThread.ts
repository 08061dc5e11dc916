import { parentPort, workerData } from 'node:worker_threads';
import { learn } from './learn';

/** What `learnInThread` runs. */
parentPort?.postMessage(learn(workerData));
