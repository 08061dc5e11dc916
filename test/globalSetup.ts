import { startTestServer } from './testServer';

/** One PostgreSQL for the whole run, with a migrated template that each test's own database is a copy of. */
module.exports = async (): Promise<void> => {
  await startTestServer();
};
