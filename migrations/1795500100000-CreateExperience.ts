import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is told of customers from their facts, written down for reports over all of them; and who is to be told of anew, and when. */
export class CreateExperience1795500100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [DUE, PROGRESS, CONVERSATION, SURVEY_ANSWER, PERCEPTION, INFLUENCE, ORDER, SUBSCRIPTION, FRICTION, CUSTOMER, MODEL]) await runner.query(statement);
    for (const table of TABLES) await runner.query(wallAround(table));
    await runner.query(PENDING);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop function pending_experience(timestamptz); drop table ${TABLES.join(', ')}`);
  }
}

const TABLES = [
  'experience_due', 'experience_progress', 'conversation', 'survey_answer', 'perception', 'influence_case', 'customer_order', 'subscription', 'friction_signal', 'customer', 'value_model',
];

const DUE = `
create table experience_due (
  workspace_id integer not null,
  profile_id uuid not null,
  due_at timestamptz not null,
  marks integer not null,
  primary key (workspace_id, profile_id)
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 2000);
create index experience_due_by_time on experience_due (workspace_id, due_at);
comment on table experience_due is 'A profile that is to be evaluated, and from when on: it has new facts or other identifiers, or its silence will mean something. distribution: workspace_id';
comment on column experience_due.marks is 'Counts how often it was marked; what was marked while it was evaluated stays due.';
`;

const PROGRESS = `
create table experience_progress (
  workspace_id integer primary key,
  marked_to uuid,
  is_marked boolean not null,
  steps bigint not null
);
comment on table experience_progress is 'How far all profiles have been marked to be evaluated; its row is the lock of who evaluates. distribution: workspace_id';
comment on column experience_progress.marked_to is 'They are marked in the order of their ids, up to this one so far.';
comment on column experience_progress.steps is 'Counts the steps of evaluating.';
`;

const CONVERSATION = `
create table conversation (
  workspace_id integer not null,
  profile_id uuid not null,
  conversation_key text not null,
  department smallint not null,
  channel smallint not null,
  status text not null,
  topic text,
  opened_at timestamptz not null,
  last_solved_at timestamptz,
  reopened_at timestamptz[] not null,
  reopens integer not null,
  company_replies integer not null,
  was_solved boolean not null,
  is_one_touch boolean not null,
  is_repeat_contact boolean not null,
  is_inbound_call boolean not null,
  is_abandoned_call boolean not null,
  first_reply_ms bigint,
  first_reply_business_ms bigint,
  first_resolution_ms bigint,
  first_resolution_business_ms bigint,
  full_resolution_ms bigint,
  full_resolution_business_ms bigint,
  requester_wait_ms bigint,
  requester_wait_business_ms bigint,
  agent_wait_ms bigint,
  agent_wait_business_ms bigint,
  primary key (workspace_id, profile_id, conversation_key)
);
create index conversation_by_time on conversation (workspace_id, opened_at);
comment on table conversation is 'A ticket, chat or call of a customer, as told from the facts. distribution: workspace_id';
comment on column conversation.full_resolution_ms is 'From when it was opened until it was solved last, time on hold and pending included; first: until it was solved first.';
comment on column conversation.full_resolution_business_ms is 'The part of it inside the schedule, as of all of these.';
comment on column conversation.requester_wait_ms is 'Open and on hold; null, as the wait of the agent, while it is not over.';
`;

const SURVEY_ANSWER = `
create table survey_answer (
  workspace_id integer not null,
  profile_id uuid not null,
  interaction_id uuid not null,
  survey text not null,
  answered_at timestamptz not null,
  department smallint not null,
  channel smallint not null,
  score double precision not null,
  scale_min double precision not null,
  scale_max double precision not null,
  version text,
  is_valid boolean not null,
  is_favourable boolean not null,
  primary key (workspace_id, profile_id, interaction_id)
);
create index survey_answer_by_time on survey_answer (workspace_id, answered_at);
comment on table survey_answer is 'An answer to a survey, on its own scale. distribution: workspace_id';
comment on column survey_answer.survey is 'nps, csat or ces.';
comment on column survey_answer.is_favourable is 'Promoter, satisfied, or had it easy.';
`;

const PERCEPTION = `
create table perception (
  workspace_id integer not null,
  profile_id uuid not null,
  ordinal integer not null,
  department smallint not null,
  is_internal boolean not null,
  score double precision not null,
  at timestamptz not null,
  primary key (workspace_id, profile_id, ordinal)
);
create index perception_by_time on perception (workspace_id, at);
comment on table perception is 'What the company or a customer says of one department, on 0 to 100. distribution: workspace_id';
`;

const INFLUENCE = `
create table influence_case (
  workspace_id integer not null,
  profile_id uuid not null,
  pair text not null,
  at timestamptz not null,
  has_signal boolean not null,
  has_outcome boolean not null,
  primary key (workspace_id, profile_id, pair)
);
create index influence_case_by_time on influence_case (workspace_id, at);
comment on table influence_case is 'Whether a customer met a signal in one department, and came to an outcome in another after it. distribution: workspace_id';
comment on column influence_case.at is 'From when on the outcome is looked for.';
`;

const ORDER = `
create table customer_order (
  workspace_id integer not null,
  profile_id uuid not null,
  order_key text not null,
  department smallint not null,
  channel smallint not null,
  placed_at timestamptz not null,
  status text not null,
  items integer not null,
  amount numeric not null,
  net numeric not null,
  currency text not null,
  primary key (workspace_id, profile_id, order_key)
);
create index customer_order_by_time on customer_order (workspace_id, placed_at);
comment on table customer_order is 'An order of a customer, with what was paid back of it. distribution: workspace_id';
comment on column customer_order.net is 'Amount less refunds of the same currency; zero where it was cancelled.';
`;

const SUBSCRIPTION = `
create table subscription (
  workspace_id integer not null,
  profile_id uuid not null,
  subscription_key text not null,
  started_at timestamptz not null,
  cancelled_at timestamptz,
  runs_from timestamptz[] not null,
  runs_to timestamptz[] not null,
  steps_at timestamptz[] not null,
  monthly_amounts numeric[] not null,
  currencies text[] not null,
  primary key (workspace_id, profile_id, subscription_key)
);
comment on table subscription is 'A subscription of a customer and what it brings a month, step by step. distribution: workspace_id';
comment on column subscription.cancelled_at is 'Null while it runs, or was resumed.';
comment on column subscription.runs_from is 'When it ran: half-open spans, each to its time in runs_to, infinity while it runs.';
comment on column subscription.monthly_amounts is 'What it brings a month from each time in steps_at on; null at a price that nobody said.';
`;

const FRICTION = `
create table friction_signal (
  workspace_id integer not null,
  profile_id uuid not null,
  signal_key text not null,
  kind text not null,
  severity text not null,
  department smallint not null,
  channel smallint not null,
  detected_at timestamptz not null,
  resolved_at timestamptz,
  message text not null,
  evidence uuid[] not null,
  primary key (workspace_id, profile_id, signal_key)
);
create index friction_signal_by_time on friction_signal (workspace_id, detected_at) include (kind, department, channel, profile_id, resolved_at);
comment on table friction_signal is 'A sign of bad experience, with the interactions that show it. distribution: workspace_id';
`;

const CUSTOMER = `
create table customer (
  workspace_id integer not null,
  profile_id uuid not null,
  stage text not null,
  stages text[] not null,
  stages_at timestamptz[] not null,
  customer_from timestamptz[] not null,
  customer_to timestamptz[] not null,
  orders integer not null,
  currency text not null,
  revenue numeric,
  last_order_at timestamptz,
  order_days integer[] not null,
  day_values numeric[] not null,
  primary key (workspace_id, profile_id)
);
comment on table customer is 'A profile that has facts: where it stands in its lifecycle, when it was a customer, and what it has brought. distribution: workspace_id';
comment on column customer.stages is 'All stages so far, each from its time in stages_at on.';
comment on column customer.customer_from is 'When it was a customer: half-open spans, each to its time in customer_to, infinity where that has no end.';
comment on column customer.currency is 'Of most of its orders; revenue and day_values are of these alone.';
comment on column customer.order_days is 'The days (UTC, since 1970) with an order; day_values has what each brought, null where nothing in the currency.';
`;

const MODEL = `
create table value_model (
  workspace_id integer primary key,
  fitted_at timestamptz not null,
  customers integer not null,
  model json not null
);
comment on table value_model is 'Models of customers'' value as fitted last, with the cuts of their RFM scores. distribution: workspace_id';
`;

/** A way past the wall that answers no more than the workers need to know where there is work. */
const PENDING = `
create function pending_experience(at timestamptz) returns table (workspace_id integer)
  language sql stable security definer set search_path = public
  as $$
    select w.workspace_id from workspace w
    left join experience_progress p on p.workspace_id = w.workspace_id
    where p.is_marked is not true or exists (select from experience_due d where d.workspace_id = w.workspace_id and d.due_at <= at)
  $$;
revoke all on function pending_experience(timestamptz) from public;
grant execute on function pending_experience(timestamptz) to throughline_app;
`;

function wallAround(table: string): string {
  return `
alter table ${table} enable row level security;
create policy ${table}_wall on ${table} to throughline_app
  using (workspace_id = current_workspace_id()) with check (workspace_id = current_workspace_id());
grant select, insert, update, delete on ${table} to throughline_app;`;
}
