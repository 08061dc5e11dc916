import { type Config, ConfigFaults, loadConfig, SETTINGS } from '../config';
import { type Finding, findingsOf } from './finding';

type Environment = Readonly<Record<string, string | undefined>>;

const { ok, warn, fail } = findingsOf('configuration');
/** What is shown of a setting is its value; of these it is that there is one. */
const SECRETS = /KEY|TOKEN|SECRET|PASSWORD|_URL$|ENDPOINT|HEADERS/;
/** A name that is as good as one of ours: most likely a slip. */
const MOST_SLIPS = 2;

/** Every setting that is set, whether it can be used, and what does not go together. `config` is null where it can't be started with. */
export function configurationFindings(environment: Environment): { readonly config: Config | null; readonly findings: readonly Finding[] } {
  const set = SETTINGS.filter((name) => environment[name]);
  const slips = Object.keys(environment).flatMap((name) => slipOf(name, environment));
  try {
    const config = loadConfig(environment);
    const shown = set.map((name) => ok(SECRETS.test(name) ? `${name} is set.` : `${name} is ${environment[name]}.`));
    if (set.length === 0) shown.push(ok('Nothing is set; everything is as it is by default.'));
    return { config, findings: [...shown, ...slips, ...advice(config)] };
  } catch (error) {
    if (!(error instanceof ConfigFaults)) throw error;
    return { config: null, findings: [...error.faults.map(fail), ...slips] };
  }
}

function advice(config: Config): Finding[] {
  const findings: Finding[] = [];
  const isLocal = /^(localhost|127\.[0-9.]+|::1)$/.test(config.host);
  if (!config.production && !isLocal)
    findings.push(warn(`HOST is ${config.host}, which others can reach, while NODE_ENV is not production.`));
  if (config.production && config.publicUrl === null)
    findings.push(warn('PUBLIC_URL is not set: vendors that sign the address of a webhook may be refused.'));
  if (config.production && config.webhookAllowPrivate)
    findings.push(warn('WEBHOOK_ALLOW_PRIVATE lets destinations reach into this network.'));
  if (!isLocal && config.metricsToken === null) findings.push(warn('METRICS_TOKEN is not set: /metrics answers this machine alone.'));
  return findings;
}

function slipOf(name: string, environment: Environment): Finding[] {
  if (SETTINGS.includes(name) || !environment[name] || name.length < 6) return [];
  const meant = SETTINGS.find((known) => environment[known] === undefined && distance(name, known) <= MOST_SLIPS);
  return meant === undefined ? [] : [warn(`${name} is no setting; is ${meant} meant?`)];
}

/** Levenshtein's. */
function distance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i++) {
    const next = [i];
    for (let j = 1; j <= right.length; j++) {
      const swap = (row[j - 1] as number) + (left[i - 1] === right[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[right.length] as number;
}
