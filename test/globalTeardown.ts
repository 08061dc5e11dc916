import { stopTestServer } from './testServer';

module.exports = async (): Promise<void> => {
  await stopTestServer();
};
