import { isInboxWaiting } from '../../storage/privacy/readTexts';
import type { ErasureStep, Stepped } from './erasing';

/** What was accepted before is processed first: messages of the customer stay erased then, and what is refused is a dead letter to be looked at. */
export async function passInbox({ client, workspaceId, work: { places }, nowMs }: ErasureStep): Promise<Stepped> {
  if (await isInboxWaiting(client, workspaceId, String(places['inbox'] ?? '0'))) return { mustWait: true };
  return { phase: 'TEXTS', places: { store: 0, after: null, untilMs: nowMs } };
}
