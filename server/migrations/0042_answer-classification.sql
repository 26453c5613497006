-- What a campaign does with answers that are no person's; shared/answering.ts has the fields.
alter table campaigns add column answering jsonb not null default '{}';

-- Who answered, as the classifier heard it, with its evidence, and who it really was where somebody knows.
create table answer_verdicts (
  call_id text primary key references calls on delete cascade,
  campaign_id integer references campaigns on delete cascade,
  trunk_id integer references trunks on delete set null,
  at timestamptz not null,
  class text not null check (class in ('human', 'machine', 'screener', 'fax')),
  reason text not null,
  probability real not null,
  decided_ms integer not null,
  model text not null,
  features jsonb not null,
  -- Drawn at random to meet a person of ours although a machine was heard: only these measure the error.
  sampled boolean not null,
  truth text check (truth in ('human', 'machine', 'screener', 'fax')),
  -- talk: an agent spoke with it; key: an agent said so; review: by its recording
  truth_source text check (truth_source in ('talk', 'key', 'review')),
  truth_by integer references users,
  truth_at timestamptz
);
create index answer_verdicts_by_campaign on answer_verdicts (campaign_id, at);
