import { uuidFromName } from '../kernel/uuid';
import type { TraitState } from './traitState';

/** A company or household that customers belong to, as group calls tell of it. */
export interface AccountRecord {
  readonly accountId: string;
  readonly externalId: string;
  readonly firstSeenAtMs: number;
  readonly lastSeenAtMs: number;
}

/** An identifier that was on a group call for the account. */
export interface AccountMember {
  readonly identifierId: bigint;
  readonly accountId: string;
  readonly firstSeenAtMs: number;
  readonly lastSeenAtMs: number;
}

export interface Account extends AccountRecord {
  readonly state: TraitState;
}

/** Named by the external id, so that it is known without looking it up. Unique within a workspace. */
export function accountId(externalId: string): string {
  return uuidFromName(`account\n${externalId}`);
}
