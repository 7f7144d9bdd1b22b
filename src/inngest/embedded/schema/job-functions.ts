/**
 * The queue. One round trip each: claim (with everything the call needs), checkpoint, settle.
 * Lock order in all of them: run, then its jobs, then its steps.
 */
export const JOB_FUNCTIONS = `
-- Two statements on purpose: the second has a newer snapshot, so it sees all that was saved before the lease was won.
create function runner.claim_jobs(p_limit int, p_now bigint, p_lease_ms int, p_token text, p_functions text[])
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
    join runner.events e on e.id = r.event_id
    left join lateral (
      select json_object_agg(s.id, s.value order by s.finished_seq)::text as steps,
        json_agg(s.id order by s.finished_seq)::text as stack, count(*)::int as step_count
      from runner.steps s where s.run_id = j.run_id and s.finished_seq is not null
    ) memo on memo.step_count > 0
    where j.id = any (won) order by j.due_ms, j.id;
end $$;

create function runner.save_step(p_run text, p_id text, p_name text, p_op text, p_value text) returns void
language plpgsql as $$
begin
  insert into runner.steps (run_id, id, name, op, value, finished_seq)
  values (p_run, p_id, p_name, p_op, p_value::json, case when p_value is not null then nextval('runner.step_finished') end)
  on conflict (run_id, id) do update
    set value = excluded.value, op = excluded.op, finished_seq = excluded.finished_seq
    where steps.finished_seq is null and excluded.finished_seq is not null;
end $$;

-- False = stale: the lease went to somebody else, or the run was cancelled. A saved step gives the next one a fresh
-- count of attempts, and the lease its full length.
create function runner.checkpoint(
  p_job bigint, p_token text, p_lease_ms int, p_ids text[], p_names text[], p_values text[]) returns boolean
language plpgsql as $$
declare
  owner text;
begin
  update runner.jobs
    set attempt = 0, lease_until = clock_timestamp() + p_lease_ms * interval '1 millisecond'
    where id = p_job and token = p_token returning run_id into owner;
  if not found then return false; end if;
  for i in 1 .. cardinality(p_ids) loop
    perform runner.save_step(owner, p_ids[i], p_names[i], 'StepRun', p_values[i]);
  end loop;
  return true;
end $$;

create function runner.end_run(
  p_run text, p_now bigint, p_status text, p_output text, p_error text, p_failure_id text, p_failure text) returns void
language plpgsql as $$
begin
  update runner.runs set status = p_status, output = p_output::json, error = p_error::json, ended_ms = p_now
    where id = p_run;
  delete from runner.jobs where run_id = p_run;
  delete from runner.cancel_keys where run_id = p_run;
  if p_failure is not null then
    insert into runner.events (id, name, body, received_ms)
      values (p_failure_id, 'inngest/function.failed', p_failure::json, p_now) on conflict (id) do nothing;
    perform pg_notify('runner', '');
  end if;
end $$;

-- What a call did, stored in the transaction that gives its job up. False = stale, nothing was stored.
-- p_plan = {steps: [{id, name, op}], jobs: [{kind, step, attempt, due_ms}], planned, discover, status, failure_id}
create function runner.settle_job(
  p_job bigint, p_token text, p_run text, p_now bigint, p_plan jsonb, p_values text[],
  p_output text, p_error text, p_failure text) returns boolean
language plpgsql as $$
declare
  owner runner.runs%rowtype;
  item jsonb;
  position int := 0;
begin
  select * into owner from runner.runs where id = p_run and status = 'running' for no key update;
  if not found then return false; end if;
  delete from runner.jobs where id = p_job and token = p_token;
  if not found then return false; end if;
  for item in select value from jsonb_array_elements(p_plan -> 'steps') loop
    position := position + 1;
    perform runner.save_step(p_run, item ->> 'id', item ->> 'name', item ->> 'op', p_values[position]);
  end loop;
  if p_plan ->> 'status' is not null then
    perform runner.end_run(p_run, p_now, p_plan ->> 'status', p_output, p_error, p_plan ->> 'failure_id', p_failure);
    return true;
  end if;
  if (p_plan ->> 'planned')::boolean and not owner.planned then
    update runner.runs set planned = true where id = p_run;
  end if;
  insert into runner.jobs (run_id, fn, kind, step, attempt, due_ms)
    select p_run, owner.fn, n.kind, n.step, n.attempt, n.due_ms
    from jsonb_to_recordset(p_plan -> 'jobs') as n (kind text, step text, attempt int, due_ms bigint)
    where not exists (select from runner.jobs j where j.run_id = p_run and j.step = n.step);
  -- Parallel steps join here: the function is called again when nothing of it is pending.
  if (p_plan ->> 'discover')::boolean
    and not exists (select from runner.steps s where s.run_id = p_run and s.finished_seq is null)
    and not exists (select from runner.jobs j where j.run_id = p_run and j.step = 'step')
  then
    insert into runner.jobs (run_id, fn, kind, step, due_ms) values (p_run, owner.fn, 'call', 'step', p_now);
  end if;
  return true;
end $$;
`;
