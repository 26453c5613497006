-- Text messages that are to go out (shared/sms.ts), written with what asks for them. No channel delivers them yet: they
-- wait here, and what waited too long expires, for a message that comes days late misleads.
create table sms_messages (
  id bigint generated always as identity primary key,
  -- E.164.
  phone text not null,
  body text not null,
  -- The call in which it was asked for.
  call_id text references calls on delete set null,
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'failed', 'expired', 'cancelled')),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  -- When it ceased to wait.
  ended_at timestamptz,
  tries smallint not null default 0,
  last_error text,
  check ((state = 'waiting') = (ended_at is null))
);
create index sms_messages_waiting on sms_messages (expires_at) where state = 'waiting';
create index sms_messages_by_phone on sms_messages (phone, created_at);
create index sms_messages_by_time on sms_messages (created_at);
