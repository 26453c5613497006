-- The company's own rule packs. A version that was in force is never changed: decisions refer to it.
create table rule_packs (
  id text not null check (id like 'own-%'),
  version text not null,
  valid_from date not null,
  -- shared/rule-packs.ts RulePack
  data jsonb not null,
  created_by integer references users on delete set null,
  created_at timestamptz not null default now(),
  primary key (id, version)
);
create trigger rule_packs_append_only before update of id, version, valid_from, data or delete on rule_packs
  for each row execute function refuse_change();

-- What a campaign says about the law; a campaign without a row has the defaults of shared/rule-packs.ts.
create table campaign_compliance (
  campaign_id integer primary key references campaigns on delete cascade,
  -- null: the company's.
  rule_pack text,
  purpose text not null check (purpose in ('marketing', 'service', 'collection', 'survey')),
  call_kind text not null check (call_kind in ('agent-call', 'recorded-message')),
  per_person_per_day smallint,
  consent_basis text not null default '',
  -- Who stands for the basis, and since when.
  consent_basis_by integer references users on delete set null,
  consent_basis_at timestamptz
);
-- A number rests after a call that ended with this disposition.
create table disposition_locks (
  disposition_id integer primary key references dispositions on delete cascade,
  campaign_id integer not null references campaigns on delete cascade,
  hours integer not null check (hours between 1 and 87600),
  cause text not null check (cause in ('refusal', 'complaint', 'own')),
  everywhere boolean not null default true
);
create index disposition_locks_by_campaign on disposition_locks (campaign_id);

-- A person's consent for a number. Never changed but by withdrawal, never deleted: it is proof.
create table consents (
  id bigint generated always as identity primary key,
  phone text collate "C" not null,
  customer_id bigint references customers on delete set null,
  -- Empty arrays: every kind, every purpose.
  kinds text[] not null default '{}',
  purposes text[] not null default '{}',
  form text not null check (form in ('express', 'written')),
  -- web-form, paper, call, import, contract, …
  source text not null,
  -- The words that were agreed to, or where they are kept.
  proof text not null default '',
  recording_call_id text references calls on delete set null,
  given_at timestamptz not null,
  expires_at timestamptz,
  withdrawn_at timestamptz,
  withdrawn_by integer references users on delete set null,
  withdrawn_reason text,
  created_by integer references users on delete set null,
  created_at timestamptz not null default now()
);
create index consents_by_phone on consents (phone);
create index consents_by_customer on consents (customer_id) where customer_id is not null;
