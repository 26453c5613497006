-- What is said in a message is written down where a recogniser is chosen.
alter table voicemail_messages
  -- Null: it was not asked for, or is written.
  add column transcript_state text check (transcript_state in ('waiting', 'failed')),
  add column transcript_tries integer not null default 0,
  add column transcript_due_at timestamptz,
  -- The code of the last failure.
  add column transcript_error text;
create index on voicemail_messages (transcript_due_at) where transcript_state = 'waiting';
