-- Who speaks texts and writes down what was said (shared/speech.ts); no row: the voice that comes with the system.
create table speech_config (
  id boolean primary key default true check (id),
  config jsonb not null,
  api_key text,
  updated_at timestamptz not null,
  updated_by integer references users
);
