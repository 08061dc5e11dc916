import { identityRulesFromJson } from '../../src/identity/rules';
import { publicId } from '../../src/kernel/ids';
import type { Json } from '../../src/kernel/json';
import type { BusyPeople } from './busyPeople';
import type { FaultySystem } from './faultySystem';
import type { PersistentSender } from './persistentSender';
import { CLOCK_ERROR_MS } from './randomFaults';
import { readShownProfiles, whoAnswers } from './shownProfiles';
import { readStoredWorld } from './storedWorld';
import type { WebhookReceiver } from './webhookReceiver';
import type { Witness } from './witness';

/** After everything has come to rest. */
export async function readWitness(
  system: FaultySystem,
  { accepted }: PersistentSender,
  { receipts }: WebhookReceiver,
  people: BusyPeople,
): Promise<Witness> {
  const readFromMs = Date.now();
  const stored = await readStoredWorld(system.rows.bind(system));
  const readUntilMs = Date.now();
  const shown = await readShownProfiles(system.addresses[0], system.apiKey);
  const retired = stored.profiles
    .filter(({ merged_into }) => merged_into !== null)
    .map(({ profile_id }) => publicId('Profile', profile_id));
  const answers = await whoAnswers(system.addresses[0], system.apiKey, retired);
  const [source] = await system.rows<{ source_id: number; rules: Json }>(
    `select s.source_id, w.settings->'identityRules' as rules from source s join workspace w using (workspace_id) order by s.source_id limit 1`,
  );
  const read = {
    readFromMs,
    readUntilMs,
    clockErrorMs: CLOCK_ERROR_MS,
    sourceId: source?.source_id ?? 0,
    rules: identityRulesFromJson(source?.rules),
  };
  return { accepted, stored, shown, answers, receipts, people, ...read };
}
