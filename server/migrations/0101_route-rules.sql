-- What a number leads to may depend on who calls and when: rules in their order, each a row of the number's beside the one
-- that holds when none fits.
alter table inbound_routes add column position integer not null default 0;
alter table inbound_routes add column rule text;
-- shared/numbers.ts RouteWhen; null: the default of the number or trunk.
alter table inbound_routes add column conditions jsonb;
-- Of the conditions' time, here for the reference alone.
alter table inbound_routes add column calendar_id integer references calendars;
alter table inbound_routes add column prompt_id integer references prompts;
alter table inbound_routes add column to_phone text;
alter table inbound_routes add column refuse boolean;
alter table inbound_routes add check ((rule is null) = (conditions is null));
do $$
declare found record;
begin
  for found in select conname from pg_constraint where conrelid = 'inbound_routes'::regclass
    and (contype = 'u' or pg_get_constraintdef(oid) like '%num_nonnulls%')
  loop execute format('alter table inbound_routes drop constraint %I', found.conname); end loop;
end $$;
alter table inbound_routes add check
  (num_nonnulls(queue_id, flow_id, user_id, voicemail_user_id, box_id, prompt_id, to_phone, refuse) = 1);
create unique index inbound_routes_default on inbound_routes (phone, trunk_id) nulls not distinct where rule is null;
create index inbound_routes_by_phone on inbound_routes (phone);
