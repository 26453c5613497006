-- The result says that the person sought was spoken to; a success says so in any case.
alter table dispositions add column right_party boolean not null default false;
update dispositions set right_party = true where success;

-- When the person called complained of this call; what they said is in its events.
alter table calls add column complained_at timestamptz;

-- A lock stands beside a do-not-call entry for the same number, and ends or is lifted without it.
alter table do_not_call drop constraint do_not_call_phone_campaign_id_key;
create unique index do_not_call_once on do_not_call (phone, campaign_id, (source = 'lock')) nulls not distinct;

-- For occupancy over a range of days; rows come in the order of time.
create index agent_events_by_time on agent_events using brin (at);
