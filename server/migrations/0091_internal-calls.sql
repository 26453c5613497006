-- Calls between two of us: `agent_user_id` called `colleague_user_id`; `phone` is the extension.
alter table calls drop constraint calls_direction_check;
alter table calls add constraint calls_direction_check check (direction in ('outbound', 'inbound', 'internal'));
alter table calls add column colleague_user_id integer references users;
create index calls_by_colleague on calls (colleague_user_id, planned_at desc) where colleague_user_id is not null;
