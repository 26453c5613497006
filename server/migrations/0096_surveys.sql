-- Questions to customers after a call; shared/surveys.ts.
create table surveys (
  id integer generated always as identity primary key,
  name text not null,
  language text not null check (language in ('zh', 'en')),
  -- [{"text": "…", "promptId": null, "min": 1, "max": 5, "onlyUpTo": null}]
  questions jsonb not null,
  thanks text not null,
  deleted_at timestamptz
);
create unique index surveys_by_name on surveys (name) where deleted_at is null;

-- A queue or a campaign asks one survey at most.
create table survey_uses (
  survey_id integer not null references surveys on delete cascade,
  queue_id integer unique references queues on delete cascade,
  campaign_id integer unique references campaigns on delete cascade,
  asked_when text not null check (asked_when in ('after', 'agent')),
  check ((queue_id is null) <> (campaign_id is null))
);

create table survey_results (
  id bigint generated always as identity primary key,
  survey_id integer not null references surveys,
  call_id text not null references calls on delete cascade,
  agent_user_id integer references users on delete set null,
  queue_id integer references queues on delete set null,
  campaign_id integer references campaigns on delete set null,
  asked_at timestamptz not null,
  -- answered, partial, refused
  how text not null,
  -- [4, 2], in the order of the questions that were asked
  answers jsonb not null
);
create index survey_results_by_time on survey_results (asked_at);
create index survey_results_by_call on survey_results (call_id);
