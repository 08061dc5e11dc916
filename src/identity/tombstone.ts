import { createHmac } from 'node:crypto';
import type { ObservedIdentifier } from './observation';

/** 2^64 tombstones before two of them are likely to meet. */
const TOMBSTONE_BYTES = 16;

/** What stands for something that was erased: without the workspace's key nobody can tell of what, nor try values out. */
export function identifierTombstone(key: Buffer, { type, value }: ObservedIdentifier): Buffer {
  return tombstone(key, `identifier\n${type}\n${value}`);
}

/** Of a message, by the id of the interaction that it became. */
export function messageTombstone(key: Buffer, interactionId: string): Buffer {
  return tombstone(key, `message\n${interactionId}`);
}

export function profileTombstone(key: Buffer, profileId: string): Buffer {
  return tombstone(key, `profile\n${profileId}`);
}

function tombstone(key: Buffer, name: string): Buffer {
  return createHmac('sha256', key).update(name).digest().subarray(0, TOMBSTONE_BYTES);
}
