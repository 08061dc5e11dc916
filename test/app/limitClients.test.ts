import { loadConfig } from '../../src/app/config';
import { limitClients } from '../../src/app/limitClients';

const HOUR_MS = 3_600_000;

afterEach(() => jest.restoreAllMocks());

it('lets clients go on as before where the clock is set back', async () => {
  const limits = limitClients(loadConfig({}), (error) => {
    throw error;
  });
  const { spending } = limits.api;
  const quota = spending?.allowance.quota ?? 0;
  spending?.spend('key', quota / 2);
  const nowMs = Date.now();
  jest.spyOn(Date, 'now').mockReturnValue(nowMs - HOUR_MS);
  expect(() => spending?.spend('key', quota / 4)).not.toThrow();
  expect(() => spending?.spend('key', quota)).toThrow(expect.objectContaining({ code: 'RATE_LIMITED' }));
  await limits.stop();
});
