/**
 * Version 2: an event is known by its id AND its name, as on Inngest's server, where an id is remembered per function.
 * An event's key is its place in the order of acceptance; references to an event use that key, not its id.
 */
export const EVENT_NAMES = `
alter table runner.events drop constraint events_pkey;
alter table runner.events add primary key (seq);
create unique index events_id_name on runner.events (id, name);

create or replace function runner.accept_events(p_now bigint, p_ids text[], p_names text[], p_bodies text[]) returns int
language plpgsql as $$
declare accepted int;
begin
  insert into runner.events (id, name, body, received_ms)
    select e.id, e.name, e.body::json, p_now
    from unnest(p_ids, p_names, p_bodies) with ordinality as e (id, name, body, position)
    order by e.position
  on conflict (id, name) do nothing;
  get diagnostics accepted = row_count;
  if accepted > 0 then perform pg_notify('runner', ''); end if;
  return accepted;
end $$;

-- A conflict is an event id this function already ran for, or a running singleton: no run, no trace, as on the server.
create or replace function runner.start_runs(p_now bigint, p_starts jsonb) returns void
language sql as $$
  with asked as (
    select s.run_id, s.fn, s.event_id, s.singleton_key, s.due_ms, s.cancel_keys, e.seq
    from jsonb_to_recordset(p_starts) as s (
      run_id text, fn text, event_id text, event_name text, singleton_key text, due_ms bigint, cancel_keys jsonb)
    join runner.events e on e.id = s.event_id and e.name = s.event_name
  ), started as (
    insert into runner.runs (id, fn, event_id, event_seq, singleton_key, started_ms)
      select run_id, fn, event_id, seq, singleton_key, p_now from asked order by seq, fn
    on conflict do nothing
    returning id, event_seq
  ), queued as (
    insert into runner.jobs (run_id, fn, kind, step, due_ms)
      select a.run_id, a.fn, 'call', 'step', a.due_ms
      from asked a join started on started.id = a.run_id and started.event_seq = a.seq order by a.seq, a.fn
  )
  insert into runner.cancel_keys (fn, event_name, key, run_id)
    select a.fn, k.event_name, k.key, a.run_id
    from asked a join started on started.id = a.run_id and started.event_seq = a.seq,
      jsonb_to_recordset(a.cancel_keys) as k (event_name text, key text)
  on conflict do nothing
$$;

create or replace function runner.cancel_runs(p_now bigint, p_cancels jsonb) returns void
language plpgsql as $$
declare doomed text[];
begin
  select array_agg(locked.id) into doomed from (
    select r.id
    from jsonb_to_recordset(p_cancels) as x (fn text, event_name text, key text, event_id text)
    join runner.cancel_keys c on c.fn = x.fn and c.event_name = x.event_name and c.key = x.key
    join runner.runs r on r.id = c.run_id
    join runner.events e on e.id = x.event_id and e.name = x.event_name
    where r.status = 'running' and r.event_seq < e.seq
    order by r.id for no key update of r
  ) as locked;
  if doomed is null then return; end if;
  update runner.runs set status = 'cancelled', ended_ms = p_now where id = any (doomed);
  delete from runner.jobs where run_id = any (doomed);
  delete from runner.cancel_keys where run_id = any (doomed);
end $$;

drop function runner.route_events(bigint, text[], jsonb);
-- False = another runner routed some of these events meanwhile: read again. p_segments = [{starts, cancels}, ...].
create function runner.route_events(p_now bigint, p_events bigint[], p_segments jsonb) returns boolean
language plpgsql as $$
declare
  open_events int;
  segment jsonb;
begin
  perform pg_advisory_xact_lock(hashtext('runner.route_events'));
  select count(*) into open_events from runner.events e where e.seq = any (p_events) and not e.routed;
  if open_events <> cardinality(p_events) then return false; end if;
  update runner.events set routed = true where seq = any (p_events);
  for segment in select value from jsonb_array_elements(p_segments) loop
    perform runner.start_runs(p_now, segment -> 'starts');
    perform runner.cancel_runs(p_now, segment -> 'cancels');
  end loop;
  return true;
end $$;

create or replace function runner.fire_cron(
  p_now bigint, p_fn text, p_slot_ms bigint, p_event_id text, p_body text, p_starts jsonb) returns boolean
language plpgsql as $$
begin
  insert into runner.cron_slots (fn, slot_ms) values (p_fn, p_slot_ms) on conflict do nothing;
  if not found then return false; end if;
  insert into runner.events (id, name, body, routed, received_ms)
    values (p_event_id, 'inngest/scheduled.timer', p_body::json, true, p_now) on conflict (id, name) do nothing;
  perform runner.start_runs(p_now, p_starts);
  return true;
end $$;

-- Two statements on purpose: the second has a newer snapshot, so it sees all that was saved before the lease was won.
create or replace function runner.claim_jobs(
  p_limit int, p_now bigint, p_lease_ms int, p_token text, p_functions text[])
returns table (
  job_id bigint, run_id text, fn text, kind text, step text, attempt int, planned boolean,
  event text, steps text, stack text, step_count int)
language plpgsql as $$
declare won bigint[];
begin
  with free as (
    select j.id from runner.jobs j
    where j.due_ms <= p_now and (j.lease_until is null or j.lease_until < clock_timestamp())
      and j.fn = any (p_functions)
    order by j.due_ms, j.id limit p_limit for update skip locked
  ), leased as (
    update runner.jobs j
    set lease_until = clock_timestamp() + p_lease_ms * interval '1 millisecond', token = p_token
    from free where j.id = free.id returning j.id
  )
  select array_agg(leased.id) into won from leased;
  if won is null then return; end if;
  return query
    select j.id, j.run_id, j.fn, j.kind, j.step, j.attempt, r.planned, e.body::text,
      coalesce(memo.steps, '{}'), coalesce(memo.stack, '[]'), coalesce(memo.step_count, 0)
    from runner.jobs j
    join runner.runs r on r.id = j.run_id
    join runner.events e on e.seq = r.event_seq
    left join lateral (
      select json_object_agg(s.id, s.value order by s.finished_seq)::text as steps,
        json_agg(s.id order by s.finished_seq)::text as stack, count(*)::int as step_count
      from runner.steps s where s.run_id = j.run_id and s.finished_seq is not null
    ) memo on memo.step_count > 0
    where j.id = any (won) order by j.due_ms, j.id;
end $$;

create or replace function runner.end_run(
  p_run text, p_now bigint, p_status text, p_output text, p_error text, p_failure_id text, p_failure text) returns void
language plpgsql as $$
begin
  update runner.runs set status = p_status, output = p_output::json, error = p_error::json, ended_ms = p_now
    where id = p_run;
  delete from runner.jobs where run_id = p_run;
  delete from runner.cancel_keys where run_id = p_run;
  if p_failure is not null then
    insert into runner.events (id, name, body, received_ms)
      values (p_failure_id, 'inngest/function.failed', p_failure::json, p_now) on conflict (id, name) do nothing;
    perform pg_notify('runner', '');
  end if;
end $$;

create or replace function runner.clean_up(p_cutoff bigint, p_limit int) returns int
language plpgsql as $$
declare
  old_runs text[];
  deleted int;
  total int := 0;
begin
  select array_agg(id) into old_runs from (
    select id from runner.runs where ended_ms < p_cutoff order by ended_ms limit p_limit for update skip locked
  ) as ended;
  if old_runs is not null then
    delete from runner.steps where run_id = any (old_runs);
    delete from runner.runs where id = any (old_runs);
    total := cardinality(old_runs);
  end if;
  delete from runner.events where seq in (
    select e.seq from runner.events e
    where e.received_ms < p_cutoff and e.routed
      and not exists (select from runner.runs r where r.event_id = e.id and r.event_seq = e.seq)
    order by e.received_ms limit p_limit);
  get diagnostics deleted = row_count;
  total := total + deleted;
  delete from runner.cron_slots where ctid = any (array(
    select ctid from runner.cron_slots where slot_ms < p_cutoff limit p_limit));
  get diagnostics deleted = row_count;
  return total + deleted;
end $$;
`;
