import type { QueueStore } from '../queue/queueConnection';
import type { ProcessConfig } from './processLife';

/** Redis where there is one, else the database that the messages are in. */
export function queueStoreOf(config: ProcessConfig): QueueStore {
  return config.redis ?? { kind: 'postgres', databaseUrl: config.databaseUrl };
}
