import type { Logger } from 'pino';
import type { Clock } from '../../kernel/clock';
import type { WorkspaceConnections } from '../../storage/workspaceConnections';
import type { ClientLimits } from '../limitClients';
import type { ProcessConfig } from '../processLife';
import { SignIn } from '../signIn/signIn';
import { TokenVerifier } from '../signIn/tokenVerifier';
import { KeyUses } from './keyUses';
import { storedKeys } from './storedKeys';

interface KeyBasis {
  readonly config: Pick<ProcessConfig, 'signIn'>;
  readonly log: Logger;
  readonly clock: Clock;
  readonly limits: Pick<ClientLimits, 'attempts'>;
  readonly connections: WorkspaceConnections;
}

/** Who may come in: by a key that is stored, or, to the API, by a token of the sign-in provider. */
export function keysOf({ config, log, clock, limits, connections }: KeyBasis) {
  const keyUses = new KeyUses(connections, (error) => log.warn({ err: error }, 'the use of keys could not be noted'));
  const credentials = storedKeys(connections, keyUses, clock, limits.attempts);
  const onFault = (error: unknown) => log.warn({ err: error }, 'the sign-in provider could not be asked for its keys');
  const verifier = config.signIn && new TokenVerifier({ settings: config.signIn, clock, onFault });
  return { keyUses, credentials, signIn: new SignIn(credentials, verifier) };
}
