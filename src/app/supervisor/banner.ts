import type { DevelopmentKeys } from './developmentKeys';

export interface BannerFacts {
  /** Where the API answers, such as http://127.0.0.1:4000. */
  readonly address: string;
  readonly keys: DevelopmentKeys;
  readonly dataDir: string;
  /** Where the database is, without its password. */
  readonly database: string;
  readonly workerProcesses: number;
  readonly startedInMs: number;
}

/** What `npm start` tells its user once everything is up. */
export function banner(facts: BannerFacts): string {
  const { address, keys } = facts;
  const message = `{"userId":"ada","event":"Order Completed","properties":{"total":42,"currency":"EUR"}}`;
  return `
Throughline is ready (${(facts.startedInMs / 1000).toFixed(1)} s).

  Console    ${address}/graphql
  API key    ${keys.apiKey}      (Authorization: Bearer …)
  Write key  ${keys.writeKey}    (user name of Basic authorization, as Segment's libraries send it)

  Send a first message:

    curl ${address}/v1/track -u ${keys.writeKey}: -H 'content-type: application/json' \\
      -d '${message}'

  Data       ${facts.dataDir}
  Database   ${facts.database}
  Processes  1 API, ${facts.workerProcesses} worker${facts.workerProcesses === 1 ? '' : 's'}; Ctrl-C drains and stops them

`;
}

/** A connection string fit to be shown. */
export function withoutPassword(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  if (url.password) url.password = '***';
  return url.toString();
}
