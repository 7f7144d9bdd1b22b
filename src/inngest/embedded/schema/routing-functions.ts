/** Events in, runs started and cancelled. All of it set-wise: one call handles thousands of events. */
export const ROUTING_FUNCTIONS = `
create function runner.accept_events(p_now bigint, p_ids text[], p_names text[], p_bodies text[]) returns int
language plpgsql as $$
declare accepted int;
begin
  insert into runner.events (id, name, body, received_ms)
    select e.id, e.name, e.body::json, p_now
    from unnest(p_ids, p_names, p_bodies) with ordinality as e (id, name, body, position)
    order by e.position
  on conflict (id) do nothing;
  get diagnostics accepted = row_count;
  if accepted > 0 then perform pg_notify('runner', ''); end if;
  return accepted;
end $$;

-- A conflict is an event this function already ran for, or a running singleton: no run, no trace, as on the server.
create function runner.start_runs(p_now bigint, p_starts jsonb) returns void
language sql as $$
  with asked as (
    select s.run_id, s.fn, s.event_id, s.singleton_key, s.due_ms, s.cancel_keys, e.seq
    from jsonb_to_recordset(p_starts) as s (
      run_id text, fn text, event_id text, singleton_key text, due_ms bigint, cancel_keys jsonb)
    join runner.events e on e.id = s.event_id
  ), started as (
    insert into runner.runs (id, fn, event_id, event_seq, singleton_key, started_ms)
      select run_id, fn, event_id, seq, singleton_key, p_now from asked order by seq, fn
    on conflict do nothing
    returning id
  ), queued as (
    insert into runner.jobs (run_id, fn, kind, step, due_ms)
      select a.run_id, a.fn, 'call', 'step', a.due_ms
      from asked a join started on started.id = a.run_id order by a.seq, a.fn
  )
  insert into runner.cancel_keys (fn, event_name, key, run_id)
    select a.fn, k.event_name, k.key, a.run_id
    from asked a join started on started.id = a.run_id,
      jsonb_to_recordset(a.cancel_keys) as k (event_name text, key text)
  on conflict do nothing
$$;

-- Deleting the jobs is the fence of a cancel: a step still executing can no longer save.
create function runner.cancel_runs(p_now bigint, p_cancels jsonb) returns void
language plpgsql as $$
declare doomed text[];
begin
  select array_agg(locked.id) into doomed from (
    select r.id
    from jsonb_to_recordset(p_cancels) as x (fn text, event_name text, key text, event_id text)
    join runner.cancel_keys c on c.fn = x.fn and c.event_name = x.event_name and c.key = x.key
    join runner.runs r on r.id = c.run_id
    join runner.events e on e.id = x.event_id
    where r.status = 'running' and r.event_seq < e.seq
    order by r.id for no key update of r
  ) as locked;
  if doomed is null then return; end if;
  update runner.runs set status = 'cancelled', ended_ms = p_now where id = any (doomed);
  delete from runner.jobs where run_id = any (doomed);
  delete from runner.cancel_keys where run_id = any (doomed);
end $$;

-- False = another runner routed some of these events meanwhile: read again. p_segments = [{starts, cancels}, ...].
create function runner.route_events(p_now bigint, p_event_ids text[], p_segments jsonb) returns boolean
language plpgsql as $$
declare
  open_events int;
  segment jsonb;
begin
  perform pg_advisory_xact_lock(hashtext('runner.route_events'));
  select count(*) into open_events
    from unnest(p_event_ids) as asked (id) join runner.events e on e.id = asked.id where not e.routed;
  if open_events <> cardinality(p_event_ids) then return false; end if;
  update runner.events set routed = true where id = any (p_event_ids);
  for segment in select value from jsonb_array_elements(p_segments) loop
    perform runner.start_runs(p_now, segment -> 'starts');
    perform runner.cancel_runs(p_now, segment -> 'cancels');
  end loop;
  return true;
end $$;

create function runner.fire_cron(p_now bigint, p_fn text, p_slot_ms bigint, p_event_id text, p_body text, p_starts jsonb)
returns boolean language plpgsql as $$
begin
  insert into runner.cron_slots (fn, slot_ms) values (p_fn, p_slot_ms) on conflict do nothing;
  if not found then return false; end if;
  insert into runner.events (id, name, body, routed, received_ms)
    values (p_event_id, 'inngest/scheduled.timer', p_body::json, true, p_now) on conflict (id) do nothing;
  perform runner.start_runs(p_now, p_starts);
  return true;
end $$;
`;
