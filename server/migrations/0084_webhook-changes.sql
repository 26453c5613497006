-- Webhooks hear of leads, callbacks and recordings as well: what changes a row tells of it in the same transaction, so that
-- nothing is told that was undone and nothing is missed; shared/webhooks.ts.
alter table webhook_events drop constraint webhook_events_source_check;
-- 'row': written by a trigger, with its deliveries.
alter table webhook_events add constraint webhook_events_source_check
  check (source in ('call', 'agent', 'row', 'test'));

create function webhooks_want(kind text) returns boolean language sql stable as $$
  select exists (select from webhooks w where w.enabled and kind = any(w.events))
$$;
create function tell_webhooks(kind text, about text, news jsonb) returns void language plpgsql as $$
declare told bigint;
begin
  insert into webhook_events (source, type, subject, at, data) values ('row', kind, about, now(), news)
    returning id into told;
  -- One that is being deleted is waited for and left out: its deletion must not undo what is told of.
  insert into webhook_deliveries (webhook_id, event_id)
    select w.id, told from webhooks w where w.enabled and kind = any(w.events) for key share;
end $$;

create function tell_of_lead() returns trigger language plpgsql as $$
begin
  if webhooks_want('lead.changed') then
    perform tell_webhooks('lead.changed', 'lead:' || new.id, jsonb_build_object('lead', jsonb_build_object(
      'id', new.id, 'listId', new.list_id, 'customerId', new.customer_id, 'externalId', new.fields->>'external_id',
      'phone', new.phone, 'name', new.name, 'from', old.status, 'status', new.status, 'reason', new.status_reason,
      'attempts', new.attempts, 'lastOutcome', new.last_outcome, 'disposition', (
        select jsonb_build_object('id', d.id, 'name', d.label) from dispositions d where d.id = new.disposition_id))));
  end if;
  return null;
end $$;
create trigger leads_tell after update on leads
  for each row when (old.status is distinct from new.status) execute function tell_of_lead();

create function callback_news(c callbacks) returns jsonb language sql stable as $$
  select jsonb_build_object('callback', jsonb_build_object(
    'id', c.id, 'leadId', c.lead_id, 'customerId', c.customer_id, 'callId', c.call_id, 'phone', c.phone,
    'campaign', (select jsonb_build_object('id', m.id, 'name', m.name) from campaigns m where m.id = c.campaign_id),
    'agent', (select jsonb_build_object('id', u.id, 'login', u.login, 'name', u.name) from users u where u.id = c.user_id),
    'promisedAt', c.promised_at, 'timeZone', c.time_zone, 'note', c.note, 'state', c.state, 'tries', c.tries,
    'closeReason', c.close_reason))
$$;
create function tell_of_callback() returns trigger language plpgsql as $$
declare kind text := case when tg_op = 'INSERT' then 'callback.made' else 'callback.done' end;
begin
  if webhooks_want(kind) then
    perform tell_webhooks(kind, 'callback:' || new.id, callback_news(new));
  end if;
  return null;
end $$;
create trigger callbacks_tell_made after insert on callbacks for each row execute function tell_of_callback();
create trigger callbacks_tell_done after update on callbacks
  for each row when (old.closed_at is null and new.closed_at is not null) execute function tell_of_callback();
-- The promised time that was told of as due.
alter table callbacks add column due_told timestamptz;

create function tell_of_recording() returns trigger language plpgsql as $$
begin
  if webhooks_want('recording.ready') then
    perform tell_webhooks('recording.ready', 'recording:' || new.id, jsonb_build_object('recording', jsonb_build_object(
      'id', new.id, 'callId', new.call_id, 'startedAt', new.started_at, 'durationMs', new.duration_ms,
      'bytes', new.bytes, 'sha256', new.sha256, 'path', '/api/v1/recordings/' || new.id || '/audio')));
  end if;
  return null;
end $$;
create trigger recordings_tell after update on recordings
  for each row when (old.state = 'recording' and new.state in ('done', 'recovered')) execute function tell_of_recording();
