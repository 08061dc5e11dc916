import { CALLS, type Call } from '../intake/message';

/** A path that takes messages, and the call it is for; null for a batch. */
export interface IntakePath {
  readonly path: string;
  readonly call: Call | null;
}

const SHORT: Readonly<Record<Call, string>> = { track: 't', identify: 'i', page: 'p', screen: 's', group: 'g', alias: 'a' };

/** Every path that Segment's libraries, RudderStack's and Jitsu's send to. */
export const INTAKE_PATHS: readonly IntakePath[] = [
  ...['/v1/batch', '/v1/import', '/v1/b'].map((path) => ({ path, call: null })),
  ...CALLS.flatMap((call) => [`/v1/${call}`, `/v1/${SHORT[call]}`, `/api/s/${call}`, `/api/s/s2s/${call}`].map((path) => ({ path, call }))),
];

/** Where a browser library reports on itself; taken and thrown away. */
export const CLIENT_METRICS_PATH = '/v1/m';
