-- A box calls somebody about its messages: where, at which hours, how often (shared/voicemail.ts); null: nobody.
alter table voicemail_boxes add column call_out jsonb;
-- The message was there when calling began, or a box that calls nobody had it: no calling begins for it.
alter table voicemail_messages add column called_out_at timestamptz;
update voicemail_messages set called_out_at = left_at;
create index on voicemail_messages (box_id) where called_out_at is null;

-- One row for each box that calls, or gave up, until its messages were heard.
create table voicemail_call_outs (
  box_id integer primary key references voicemail_boxes on delete cascade,
  state text not null check (state in ('due', 'calling', 'given-up')),
  tries integer not null default 0,
  due_at timestamptz not null,
  -- The call under way: of `calls`, or one of a telephone of ours, which has no row there.
  call_id text,
  -- How the last call ended, or why it could not be made.
  last_result text,
  check ((state = 'calling') = (call_id is not null))
);
