import type { Call, MessagesEntry } from '../../src/intake/message';

/** Sunday 22 November 2026, 12:00:00 UTC. */
export const NOW_MS = Date.UTC(2026, 10, 22, 12);

export type Raw = Record<string, unknown>;

export function aTrack(fields: Raw = {}): Raw {
  return { type: 'track', messageId: 'm-1', userId: 'u-1', event: 'Order Completed', properties: { total: 12.5 }, ...fields };
}

export function anIdentify(fields: Raw = {}): Raw {
  return { type: 'identify', messageId: 'm-2', userId: 'u-1', traits: { email: 'ann@example.com' }, ...fields };
}

export function jsonBytes(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}

export function anEntry(body: unknown, fields: Partial<MessagesEntry> = {}): MessagesEntry {
  return {
    sourceId: 7,
    receivedAtMs: NOW_MS,
    messageCount: 1,
    call: null as Call | null,
    refused: [],
    body: typeof body === 'string' ? Buffer.from(body) : jsonBytes(body),
    ...fields,
  };
}

/** A message that nests this many objects. */
export function aDeepTrack(levels: number): string {
  return `{"type":"track","userId":"u","event":"Deep","properties":${'{"a":'.repeat(levels - 1)}1${'}'.repeat(levels)}`;
}
