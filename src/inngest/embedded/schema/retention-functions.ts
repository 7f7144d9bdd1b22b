/** Runs that ended, events and cron slots from before the cutoff, at most p_limit of each per call. */
export const RETENTION_FUNCTIONS = `
create function runner.clean_up(p_cutoff bigint, p_limit int) returns int
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
  delete from runner.events where id in (
    select e.id from runner.events e
    where e.received_ms < p_cutoff and e.routed
      and not exists (select from runner.runs r where r.event_id = e.id)
    order by e.received_ms limit p_limit);
  get diagnostics deleted = row_count;
  total := total + deleted;
  delete from runner.cron_slots where ctid = any (array(
    select ctid from runner.cron_slots where slot_ms < p_cutoff limit p_limit));
  get diagnostics deleted = row_count;
  return total + deleted;
end $$;
`;
