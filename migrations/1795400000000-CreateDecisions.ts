import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What people decide about identity, next to what was seen: joins as decided links, partings as labels, and the log of who did what. */
export class CreateDecisions1795400000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [LINK, IDENTIFIER, MERGE, DECISION, PART_LABEL, AUDIT]) await runner.query(statement);
    for (const table of TABLES) await runner.query(wallAround(table));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table ${TABLES.join(', ')}`);
    await runner.query('alter table profile_merge drop column decision_id');
    await runner.query('alter table identifier drop column created_at');
    await runner.query(`
      delete from link where first_seen_at is null;
      alter table link drop column decided_at, drop column decided_rule, alter column first_seen_at set not null,
        alter column last_seen_at set not null, alter column first_interaction_id set not null, alter column last_interaction_id set not null`);
  }
}

const TABLES = ['decision', 'part_label', 'audit_entry'];

const LINK = `
alter table link add column decided_at timestamptz, add column decided_rule text,
  alter column first_seen_at drop not null, alter column last_seen_at drop not null,
  alter column first_interaction_id drop not null, alter column last_interaction_id drop not null;
comment on table link is 'Two identifiers seen in one message, and when; or decided to be one. distribution: workspace_id';
comment on column link.first_seen_at is 'Null, as the last and both interactions, where no message had both.';
comment on column link.decided_at is 'Since when somebody says that both are one customer; then it stands before all that was only seen.';
comment on column link.decided_rule is 'person, or match for an accepted match.';
`;

const IDENTIFIER = `
alter table identifier add column created_at timestamptz;
comment on column identifier.created_at is 'When the batch it first came with was written; null for those from before this was noted.';
`;

const MERGE = `
alter table profile_merge add column decision_id uuid;
comment on column profile_merge.decision_id is 'The join that brought it about; null where a message did.';
`;

const DECISION = `
create table decision (
  workspace_id integer not null,
  decision_id uuid not null,
  kind text not null,
  decided_at timestamptz not null,
  rule text not null,
  actor text not null,
  low_id bigint,
  high_id bigint,
  probability double precision,
  revoked_at timestamptz,
  primary key (workspace_id, decision_id)
);
create index decision_by_pair on decision (workspace_id, low_id, high_id) where low_id is not null;
comment on table decision is 'What somebody decided about who is one customer. distribution: workspace_id';
comment on column decision.kind is 'JOIN: the two identifiers are one customer. PART: no profile holds labels of both of its sides.';
`;

const PART_LABEL = `
create table part_label (
  workspace_id integer not null,
  identifier_id bigint not null,
  decision_id uuid not null,
  side smallint not null,
  superseded_by uuid,
  primary key (workspace_id, identifier_id, decision_id)
);
create index part_label_by_decision on part_label (workspace_id, decision_id);
create index part_label_by_superseding on part_label (workspace_id, superseded_by) where superseded_by is not null;
comment on table part_label is 'On which side of a PART an identifier stands. distribution: workspace_id';
comment on column part_label.superseded_by is 'A later JOIN that says otherwise of this identifier; as long as it stands, the label does not.';
`;

const AUDIT = `
create table audit_entry (
  workspace_id integer not null,
  audit_id uuid not null,
  at timestamptz not null,
  actor text not null,
  action text not null,
  target text,
  detail json not null,
  primary key (workspace_id, audit_id)
);
create index audit_entry_by_time on audit_entry (workspace_id, at desc, audit_id desc);
comment on table audit_entry is 'Who changed what. distribution: workspace_id';
comment on column audit_entry.target is 'The public id of what it was done to.';
`;

function wallAround(table: string): string {
  return `
alter table ${table} enable row level security;
create policy ${table}_wall on ${table} to throughline_app
  using (workspace_id = current_workspace_id()) with check (workspace_id = current_workspace_id());
grant select, insert, update, delete on ${table} to throughline_app;`;
}
