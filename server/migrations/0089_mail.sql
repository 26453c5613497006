-- The server that takes our e-mail (shared/mail.ts); no row: none, and mail waits.
create table mail_config (
  id boolean primary key default true check (id),
  config jsonb not null,
  password text,
  updated_at timestamptz not null,
  updated_by integer references users
);

-- E-mail that is to go out, and that went. Written with what it tells of, sent from here: at least once.
create table mails (
  id bigint generated always as identity primary key,
  recipient text not null,
  subject text not null,
  body text not null,
  -- {"recordingId": "…", "name": "….wav"}: the sound that goes with it.
  attachment jsonb,
  created_at timestamptz not null,
  -- Null: it went, or was given up.
  due_at timestamptz,
  tries smallint not null default 0,
  last_error text,
  sent_at timestamptz
);
create index mails_due on mails (due_at) where due_at is not null;

-- Where a box tells of its messages; empty: nowhere.
alter table voicemail_boxes
  add column email text not null default '',
  add column email_sound boolean not null default true;
-- When it was settled whether a mail tells of it.
alter table voicemail_messages add column noticed_at timestamptz;
update voicemail_messages set noticed_at = left_at;
create index voicemail_messages_to_notice on voicemail_messages (id) where noticed_at is null and deleted_at is null;
