import { setTimeout as sleep } from 'node:timers/promises';
import { identityRulesFromJson } from '../../src/identity/rules';
import { publicId } from '../../src/kernel/ids';
import type { Json } from '../../src/kernel/json';
import type { BusyPeople } from './busyPeople';
import type { FaultySystem } from './faultySystem';
import type { PersistentSender } from './persistentSender';
import { CLOCK_ERROR_MS } from './randomFaults';
import { readShownProfiles, whoAnswers } from './shownProfiles';
import { readStoredWorld } from './storedWorld';
import type { Receipt, WebhookReceiver } from './webhookReceiver';
import type { Witness } from './witness';

const MOST_ATTEMPTS = 100;
const PAUSE_MS = 500;

/** After everything has come to rest. */
export async function readWitness(
  system: FaultySystem,
  { accepted }: PersistentSender,
  { receipts }: WebhookReceiver,
  people: BusyPeople,
): Promise<Witness> {
  const atRest = await readAtRest(system, receipts);
  const { stored } = atRest;
  const shown = await readShownProfiles(system.addresses[0], system.apiKey);
  const retired = stored.profiles
    .filter(({ merged_into }) => merged_into !== null)
    .map(({ profile_id }) => publicId('Profile', profile_id));
  const answers = await whoAnswers(system.addresses[0], system.apiKey, retired);
  const [source] = await system.rows<{ source_id: number; rules: Json }>(
    `select s.source_id, w.settings->'identityRules' as rules from source s join workspace w using (workspace_id) order by s.source_id limit 1`,
  );
  const read = {
    clockErrorMs: CLOCK_ERROR_MS,
    sourceId: source?.source_id ?? 0,
    rules: identityRulesFromJson(source?.rules),
  };
  return { accepted, ...atRest, shown, answers, people, bugs: system.bugs(), ...read };
}

/** The clock may have woken somebody while it was read: then it is read again, so that what is stored and what was received are of one moment. */
async function readAtRest(
  system: FaultySystem,
  receipts: readonly Receipt[],
): Promise<Pick<Witness, 'stored' | 'receipts' | 'readFromMs' | 'readUntilMs'>> {
  for (let attempt = 1; ; attempt++) {
    const received = receipts.length;
    const readFromMs = Date.now();
    const stored = await readStoredWorld(system.rows.bind(system));
    const isAtRest = receipts.length === received && stored.changes.every(({ status }) => status !== 'PENDING');
    if (isAtRest) return { stored, receipts: receipts.slice(), readFromMs, readUntilMs: Date.now() };
    if (attempt === MOST_ATTEMPTS) throw new Error('It was never at rest for as long as it takes to read it.');
    await sleep(PAUSE_MS);
  }
}
