import type { ClientBase } from 'pg';
import type { Row, WorkspaceConnections } from '../workspaceConnections';
import { type Statement, send } from './statement';

/** One row a workspace; an older fit never stands over a newer one. */
const WRITE_VALUE_MODEL: Statement = {
  name: 'write_value_model',
  text: `
insert into value_model (workspace_id, fitted_at, customers, model) values ($1, $2, $3, $4)
on conflict (workspace_id) do update set fitted_at = excluded.fitted_at, customers = excluded.customers, model = excluded.model
where value_model.fitted_at <= excluded.fitted_at`,
};

const READ_VALUE_MODEL: Statement = {
  name: 'read_value_model',
  text: `
select (extract(epoch from m.fitted_at) * 1000)::float8, m.customers, m.model::text
from value_model m
where m.workspace_id = $1`,
};

const COUNT_FITTED_CUSTOMERS: Statement = {
  name: 'count_fitted_customers',
  text: 'select m.customers from value_model m where m.workspace_id = $1',
};

export interface StoredValueModel {
  readonly fittedAtMs: number;
  /** How many had ordered. */
  readonly customers: number;
  /** The text of `fittedValueText`. */
  readonly model: string;
}

export async function writeValueModel(client: ClientBase, workspaceId: number, fitted: StoredValueModel): Promise<void> {
  await send(client, WRITE_VALUE_MODEL, [workspaceId, new Date(fitted.fittedAtMs), fitted.customers, fitted.model]);
}

/** Null before the first fit. */
export async function readValueModel(connections: WorkspaceConnections, workspaceId: number): Promise<StoredValueModel | null> {
  type Model = Row & readonly [fittedAtMs: number, customers: number, model: string];
  const [row] = await connections.run<Model>(workspaceId, READ_VALUE_MODEL, [workspaceId]);
  return row ? { fittedAtMs: row[0], customers: row[1], model: row[2] } : null;
}

/** Of how many customers the last fit was; 0 before the first. */
export async function countFittedCustomers(client: ClientBase, workspaceId: number): Promise<number> {
  const [row] = await send<{ customers: number }>(client, COUNT_FITTED_CUSTOMERS, [workspaceId]);
  return row?.customers ?? 0;
}
