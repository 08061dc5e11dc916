import { parseArgs } from 'node:util';
import type { AuditVerdict } from '../../api/ports/auditLog';
import { appConnection, ownerPool } from '../../storage/pool';
import { readAuditChain } from '../../storage/statements/readAuditChain';
import { PipelinedConnections, type WorkspaceConnections } from '../../storage/workspaceConnections';
import { loadConfig } from '../config';
import { hasDatabase, reachDatabase } from '../operations/reachDatabase';
import { verifyAudit } from './verifyAudit';

const USAGE = `npm run audit:verify [-- --workspace ID] [-- --workspace ID --expect SEQUENCE:HASH]

Computes the hashes of the audit log anew, of every workspace or of one, in the database of DATABASE_URL or DATA_DIR. With --expect, what an earlier run
printed must still be so: then nothing was taken away at the end either. Exit code 0 where everything is intact, else 1.
`;
const STATEMENT_TIMEOUT_MS = 60_000;

/** `npm run audit:verify`. Resolves to the exit code. */
export async function verifyCommand(
  args: readonly string[],
  { environment, output }: { readonly environment: Readonly<Record<string, string | undefined>>; readonly output: NodeJS.WritableStream },
): Promise<number> {
  const options = { workspace: { type: 'string' }, expect: { type: 'string' }, help: { type: 'boolean', short: 'h' } } as const;
  const { values } = parseArgs({ args: [...args], options });
  if (values.help || (values.expect !== undefined && (values.workspace === undefined || !/^\d+:[0-9a-f]{64}$/.test(values.expect)))) {
    output.write(USAGE);
    return values.help ? 0 : 1;
  }
  const config = loadConfig(environment);
  if (!hasDatabase(config)) {
    throw new Error(`There is no database in ${config.dataDir}; set DATA_DIR or DATABASE_URL.`);
  }
  const areIntact = await reachDatabase(config, (databaseUrl) => verifyAll(databaseUrl, values, output));
  return areIntact ? 0 : 1;
}

async function verifyAll(
  databaseUrl: string,
  { workspace, expect }: { readonly workspace?: string | undefined; readonly expect?: string | undefined },
  output: NodeJS.WritableStream,
): Promise<boolean> {
  const connections = new PipelinedConnections({ connection: appConnection(databaseUrl, STATEMENT_TIMEOUT_MS), connections: 1 });
  try {
    let areIntact = true;
    for (const workspaceId of workspace === undefined ? await allWorkspaces(databaseUrl) : [Number(workspace)]) {
      const verdict = await verifyAudit(connections, workspaceId, 'all');
      const isExpected = expect === undefined || (await holds(connections, workspaceId, expect));
      output.write(`Workspace ${workspaceId}: ${inWords(verdict)}${isExpected ? '' : ' What was expected is not in it.'}\n`);
      areIntact &&= verdict.broken === null && isExpected;
    }
    return areIntact;
  } finally {
    await connections.close();
  }
}

async function allWorkspaces(databaseUrl: string): Promise<readonly number[]> {
  const shared = { maxConnections: 1, statementTimeoutMs: STATEMENT_TIMEOUT_MS, applicationName: 'throughline audit' };
  const pool = ownerPool({ databaseUrl, ...shared, onConnectionLost: () => undefined });
  const { rows } = await pool.query<{ workspace_id: number }>('select w.workspace_id from workspace w order by w.workspace_id');
  await pool.end();
  return rows.map((row) => row.workspace_id);
}

async function holds(connections: WorkspaceConnections, workspaceId: number, expected: string): Promise<boolean> {
  const [sequence = '0', hash] = expected.split(':');
  const [row] = await readAuditChain(connections, workspaceId, String(BigInt(sequence) - 1n), 1);
  return row?.[0] === sequence && row[1] === hash;
}

function inWords({ checked, head, unsealed, broken }: AuditVerdict): string {
  const waiting = unsealed > 0 ? ` ${unsealed} more wait to be sealed.` : '';
  if (broken) return `BROKEN at ${broken.sequence}: ${broken.fault}${broken.auditId ? ` (entry ${broken.auditId})` : ''}.${waiting}`;
  return `intact, ${checked} entries${checked > 0 ? `, head ${head.sequence}:${head.hash}` : ''}.${waiting}`;
}
