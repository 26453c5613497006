-- A number, or a whole trunk, leads to a queue, a flow, a person a person's voicemail or a box of several people.
alter table inbound_routes alter column queue_id drop not null;
alter table inbound_routes add column flow_id integer references ivr_flows on delete cascade;
alter table inbound_routes add column user_id integer references users on delete cascade;
alter table inbound_routes add column voicemail_user_id integer references users on delete cascade;
alter table inbound_routes add column box_id integer references voicemail_boxes on delete cascade;
-- A person's direct number went before all.
insert into inbound_routes (phone, user_id) select direct_number, user_id from forwarding where direct_number is not null
  on conflict (phone, trunk_id) do update set queue_id = null, user_id = excluded.user_id;
alter table inbound_routes add check (num_nonnulls(queue_id, flow_id, user_id, voicemail_user_id, box_id) = 1);
alter table forwarding drop column direct_number;
