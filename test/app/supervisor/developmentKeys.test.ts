import { statSync } from 'node:fs';
import { join } from 'node:path';
import { developmentKeys } from '../../../src/app/supervisor/developmentKeys';
import { removeTemporaryDirs, temporaryDir } from './temporaryDir';

afterAll(removeTemporaryDirs);

const notFixed = { apiKey: null, writeKey: null };

it('makes keys that say what they are for', () => {
  const { apiKey, writeKey } = developmentKeys(temporaryDir(), notFixed);
  expect(apiKey).toMatch(/^tl_api_[0-9A-Za-z]{32}$/);
  expect(writeKey).toMatch(/^tl_write_[0-9A-Za-z]{32}$/);
});

it('gives the same keys at every start on the same directory, and others on another', () => {
  const dir = temporaryDir();
  const keys = developmentKeys(dir, notFixed);
  expect(developmentKeys(dir, notFixed)).toEqual(keys);
  expect(developmentKeys(temporaryDir(), notFixed).apiKey).not.toBe(keys.apiKey);
});

it('keeps them where only their owner can read them', () => {
  const dir = temporaryDir();
  developmentKeys(dir, notFixed);
  expect(statSync(join(dir, 'keys.json')).mode & 0o777).toBe(0o600);
});

it('prefers fixed keys, one by one, without forgetting its own', () => {
  const dir = temporaryDir();
  const own = developmentKeys(dir, notFixed);
  expect(developmentKeys(dir, { apiKey: 'mine', writeKey: null })).toEqual({ apiKey: 'mine', writeKey: own.writeKey });
  expect(developmentKeys(dir, notFixed)).toEqual(own);
});
