-- Announcements of networks ("the number you have dialled…"), trained from a recording and recognised in early media.
create table announcements (
  id integer generated always as identity primary key,
  name text not null unique,
  -- What a call means that hears it: switch Cause.
  cause text not null,
  enabled boolean not null default true,
  -- 16-bit WAV, 8 kHz, mono.
  audio bytea not null,
  duration_ms integer not null,
  -- Its fingerprint: 32-bit words, little-endian (media/announcement-print.ts).
  words bytea not null,
  -- How often calls heard it.
  hits bigint not null default 0,
  last_heard_at timestamptz,
  created_by integer references users,
  created_at timestamptz not null default now()
);

-- Early media of unanswered calls, kept to train announcements from; the oldest go.
create table early_media (
  call_id text primary key references calls on delete cascade,
  -- Under the early-media folder of the data folder.
  path text not null,
  duration_ms integer not null,
  at timestamptz not null
);
create index early_media_by_time on early_media (at desc);
