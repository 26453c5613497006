-- Where an agent is now. One row per signed-in agent; a reconciler clears it after a crash.
create table agents (
  user_id integer primary key references users on delete cascade,
  -- shared/desk.ts AgentState
  state text not null,
  since timestamptz not null,
  pause_reason_id integer,
  campaign_ids integer[] not null default '{}',
  endpoint text not null check (endpoint in ('browser', 'phone')),
  -- The desk that is in charge; a second sign-in takes over and the first one is told.
  desk_id text not null,
  call_id text,
  leg_up boolean not null default false,
  -- A pause or sign-out asked for during a call, done at its end.
  next text,
  signed_in_at timestamptz not null
);
-- Append-only history with durations by difference.
create table agent_events (
  id bigint generated always as identity primary key,
  user_id integer not null references users,
  at timestamptz not null,
  state text not null,
  pause_reason_id integer,
  call_id text,
  cause text not null
);
create index agent_events_by_user on agent_events (user_id, at);
create table pause_reasons (
  id integer generated always as identity primary key,
  code text not null unique,
  label text not null,
  position smallint not null default 0,
  archived boolean not null default false
);
-- Words for these codes are in the web's dictionaries; a reason made by the company shows its label.
insert into pause_reasons (code, label, position) values
  ('break', 'Break', 1), ('meal', 'Meal', 2), ('training', 'Training', 3), ('meeting', 'Meeting', 4),
  ('back-office', 'Back office', 5), ('other', 'Other', 6);
-- A desk telephone of an agent, registered by SIP digest.
create table phones (
  user_id integer primary key references users on delete cascade,
  sip_user text not null unique,
  ha1_md5 text not null,
  ha1_sha256 text not null,
  created_at timestamptz not null default now()
);

-- One row per attempt, refused ones included. `state` is calls/call-machine.ts; `outcome` shared/calls.ts.
create table calls (
  id text primary key,
  direction text not null check (direction in ('outbound', 'inbound')),
  -- preview, progressive, ratio, manual, callback, inbound, test
  origin text not null,
  state text not null,
  outcome text,
  -- switch Cause, sip status and reason of the customer's leg.
  cause text,
  sip_status smallint,
  sip_reason text,
  ended_by text,
  campaign_id integer references campaigns,
  list_id integer references lists on delete set null,
  lead_id bigint references leads on delete set null,
  customer_id bigint references customers on delete set null,
  agent_user_id integer references users,
  trunk_id integer references trunks on delete set null,
  -- Who was called, as the lead or customer stood then.
  name text not null default '',
  phone text not null,
  caller_id text,
  planned_at timestamptz not null,
  dialled_at timestamptz,
  ringing_at timestamptz,
  answered_at timestamptz,
  -- Customer and agent hear each other from here.
  connected_at timestamptz,
  ended_at timestamptz,
  wrap_ended_at timestamptz,
  -- ms from the customer's answer to the first audio between customer and agent.
  answer_to_audio_ms integer,
  disposition_id integer references dispositions,
  form jsonb,
  note text not null default '',
  -- What the agent has typed and not yet given as final (shared/desk.ts DeskDraft).
  draft jsonb,
  callback_id bigint,
  -- Abandoned by us: a person answered and no agent was free in time.
  abandoned boolean not null default false
);
create index calls_open on calls (state) where state <> 'closed';
create index calls_by_planned on calls (planned_at desc, id);
create index calls_by_campaign on calls (campaign_id, planned_at desc);
create index calls_by_phone on calls (phone, planned_at desc);
create index calls_by_lead on calls (lead_id, planned_at desc);
create index calls_by_agent on calls (agent_user_id, planned_at desc);
create index calls_by_customer on calls (customer_id, planned_at desc) where customer_id is not null;

-- If it is not here, it did not happen. Append-only.
create table call_events (
  id bigint generated always as identity primary key,
  call_id text not null references calls on delete cascade,
  at timestamptz not null,
  type text not null,
  from_state text,
  to_state text,
  data jsonb not null default '{}'
);
create index call_events_by_call on call_events (call_id, id);

-- Every answer of the compliance gate, with what it looked at, so that it can be replayed.
create table decisions (
  id bigint generated always as identity primary key,
  call_id text not null references calls on delete cascade,
  at timestamptz not null,
  allowed boolean not null,
  -- [{ rule, allowed, detail }]
  reasons jsonb not null,
  facts jsonb not null,
  rules_version text not null
);
create index decisions_by_call on decisions (call_id);

create table sip_messages (
  id bigint generated always as identity primary key,
  call_id text not null references calls on delete cascade,
  leg text not null,
  at timestamptz not null,
  direction text not null check (direction in ('in', 'out')),
  local text not null,
  remote text not null,
  message text not null
);
create index sip_messages_by_call on sip_messages (call_id, id);

create table recordings (
  id text primary key,
  call_id text not null references calls on delete cascade,
  -- Under the recordings folder of the data folder.
  path text not null,
  -- recording, done, recovered (repaired after a crash), failed, deleted
  state text not null default 'recording',
  started_at timestamptz not null,
  duration_ms integer,
  bytes bigint,
  sha256 text,
  error text
);
create index recordings_by_call on recordings (call_id);
create index recordings_open on recordings (state) where state = 'recording';

create index calls_unfinished on calls (agent_user_id) where draft is not null;
create table callbacks (
  id bigint generated always as identity primary key,
  lead_id bigint references leads on delete cascade,
  customer_id bigint references customers on delete set null,
  campaign_id integer references campaigns on delete cascade,
  call_id text references calls,
  phone text not null,
  -- null: anybody of the campaign.
  user_id integer references users,
  due_at timestamptz not null,
  note text not null default '',
  -- waiting, dialling, done, cancelled
  state text not null default 'waiting',
  created_at timestamptz not null default now()
);
create index callbacks_by_lead on callbacks (lead_id);
create index callbacks_due on callbacks (due_at) where state = 'waiting';
