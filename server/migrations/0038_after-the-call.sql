-- What the kind of each number is, in the order of phone, more_phones; empty or shorter: told by the number itself.
-- How each number answered last: { "+86…": { "outcome": "powered-off", "inRow": 2, "at": 1763689000000 } }.
-- Caller IDs the next try is not to show. The lead of another list that this one was made of.
alter table leads
  add column phone_kinds text[] not null default '{}',
  add column phone_memory jsonb not null default '{}',
  add column avoid_caller_ids text[] not null default '{}',
  add column origin_lead_id bigint;

-- shared/after-call.ts AfterCall; what is missing has its default.
alter table campaigns add column after_call jsonb not null default '{}';
-- Choosing it keeps the person's numbers from being dialled for so many days.
alter table dispositions add column lock_days smallint check (lock_days between 1 and 3650);

-- Where the person was in their week when they were called (0: Monday 00:00, 167: Sunday 23:00), and what kind of
-- number it was: when people answer is counted by these.
alter table calls
  add column local_slot smallint check (local_slot between 0 and 167),
  add column phone_kind text;

-- What is learned of `calls`, counted anew every quarter of an hour.
create table answer_rates (
  campaign_id integer not null references campaigns on delete cascade,
  kind text not null,
  slot smallint not null,
  attempts integer not null,
  answered integer not null,
  primary key (campaign_id, kind, slot)
);

-- Leads of another list may become a list: an import without a file, undone like any other.
alter table imports drop constraint imports_format_check;
alter table imports add constraint imports_format_check check (format in ('csv', 'xlsx', 'leads'));
