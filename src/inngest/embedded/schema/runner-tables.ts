/**
 * Tables of the schema `runner`. Columns `*_ms` are scheduler-clock milliseconds; leases are database time.
 * User data is `json`, not `jsonb`: it comes back byte for byte, and may hold \u0000.
 */
export const RUNNER_TABLES = `
create table runner.events (
  id text primary key,                               -- the sender's id: the dedupe, for as long as it is kept
  seq bigint generated always as identity,           -- order of acceptance
  name text not null,
  body json not null,                                -- the whole event, with id and ts
  routed boolean not null default false,
  received_ms bigint not null
);
create index events_unrouted on runner.events (seq) where not routed;
create index events_received on runner.events (received_ms);

create table runner.runs (
  id text primary key,
  fn text not null,                                  -- 'app-function', as the SDK registers it
  event_id text not null,
  event_seq bigint not null,
  status text not null default 'running' check (status in ('running', 'completed', 'failed', 'cancelled')),
  planned boolean not null default false,            -- steps ran in parallel: immediate execution stays off
  singleton_key text,
  output json,
  error json,
  started_ms bigint not null,
  ended_ms bigint,
  unique (event_id, fn),
  check ((status = 'running') = (ended_ms is null))
);
create unique index runs_one_per_singleton_key on runner.runs (fn, singleton_key)
  where status = 'running' and singleton_key is not null;
create index runs_ended on runner.runs (ended_ms) where ended_ms is not null;

-- No foreign keys below: every write passes the fence of its job row, and a key check would lock the run each time.
create table runner.steps (
  run_id text not null,
  id text not null,                                  -- the SDK's sha1 of the step's name
  name text not null,
  op text not null,
  value json,                                        -- {"type":"data"|"error",...}; null = pending
  finished_seq bigint,                               -- order of completion, null = pending
  primary key (run_id, id),
  check ((value is null) = (finished_seq is null))
);
create sequence runner.step_finished;

create table runner.jobs (
  id bigint generated always as identity primary key,
  run_id text not null,
  fn text not null,
  kind text not null check (kind in ('call', 'sleep')),
  step text not null,                                -- 'step' = discover; else the id of a planned or sleeping step
  attempt int not null default 0,
  due_ms bigint not null,
  lease_until timestamptz,
  token text
) with (fillfactor = 60, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500);
create index jobs_due on runner.jobs (due_ms, id);
create index jobs_of_run on runner.jobs (run_id);

create table runner.cancel_keys (
  fn text not null,
  event_name text not null,
  key text not null,
  run_id text not null,
  primary key (fn, event_name, key, run_id)
);
create index cancel_keys_of_run on runner.cancel_keys (run_id);

create table runner.cron_slots (
  fn text not null,
  slot_ms bigint not null,
  primary key (fn, slot_ms)                          -- a slot fires once, however many runners tick
);
`;
