import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isJsonObject, type Json, type JsonObject } from '../../kernel/json';
import type { Department } from '../../kernel/vocabulary';
import { FileFault } from './importRow';

export interface SourceKeyOptions {
  readonly url: string;
  readonly source: string;
  readonly department: Department;
  readonly dataDir: string;
  /** Of who may create a source; null: the development key in `dataDir`. */
  readonly apiKey: string | null;
  readonly say: (line: string) => void;
}

/**
 * The write key of a source by its name. A source that is not there yet is created, with an API key of the scope admin; the write key, which
 * the server shows this once, is kept in `dataDir`, readable by its owner only, because a repeat must go to the same source.
 */
export async function sourceKey(options: SourceKeyOptions): Promise<string> {
  const { url, source, dataDir, say } = options;
  const file = join(dataDir, 'import-keys.json');
  const kept = readObject(file);
  const name = `${source} at ${url}`;
  const known = kept[name];
  if (typeof known === 'string') return known;
  const apiKey = options.apiKey ?? readObject(join(dataDir, 'keys.json'))['apiKey'];
  if (typeof apiKey !== 'string') throw new FileFault(`Give the write key of the source "${source}" by --write-key.`);
  const made = await createSource(options, apiKey);
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(`${file}.new`, `${JSON.stringify({ ...kept, [name]: made }, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
  say(`The source "${source}" was created; its write key is kept in ${file}.`);
  return made;
}

async function createSource({ url, source, department }: SourceKeyOptions, apiKey: string): Promise<string> {
  const { sources } = await ask(url, apiKey, '{ sources { name } }', {});
  if (Array.isArray(sources) && sources.some((other) => isJsonObject(other) && other['name'] === source)) {
    throw new FileFault(`There is a source "${source}" already, whose key was shown when it was created: give it by --write-key.`);
  }
  const create = 'mutation ($input: CreateSourceInput!) { createSource(input: $input) { source { writeKey } } }';
  const { createSource: payload } = await ask(url, apiKey, create, { input: { name: source, type: 'file', department } });
  const made = isJsonObject(payload) && isJsonObject(payload['source']) ? payload['source']['writeKey'] : null;
  if (typeof made !== 'string') throw new Error('The server made a source, but showed no write key.');
  return made;
}

async function ask(url: string, apiKey: string, query: string, variables: JsonObject): Promise<JsonObject> {
  const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ query, variables });
  const response = await fetch(new URL('/graphql', url), { method: 'POST', headers, body }).catch((error: unknown) => {
    throw new FileFault(`There is no server at ${url}; start it by npm start, or name another one by --url.`, { cause: error });
  });
  const answer = parsed(await response.text());
  const { data, errors } = isJsonObject(answer) ? answer : {};
  if (isJsonObject(data) && !errors) return data;
  const [error] = Array.isArray(errors) ? errors : [];
  const reason = isJsonObject(error) ? String(error['message']) : `it answered ${response.status}`;
  throw new FileFault(`The source could not be created with this API key: ${reason}`);
}

function readObject(file: string): JsonObject {
  const content = existsSync(file) ? parsed(readFileSync(file, 'utf8')) : null;
  return isJsonObject(content) ? content : {};
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
}
