-- waiting -> dialling -> done | waiting | cancelled; waiting -> cancelled. `due_at` is the next try, `promised_at` what was
-- agreed; `level` climbs when nobody comes: 0 as agreed, 1 the team, 2 the supervisors.
alter table callbacks
  add column promised_at timestamptz,
  add column time_zone text,
  add column promised_by integer references users on delete set null,
  add column level smallint not null default 0 check (level between 0 and 2),
  add column tries smallint not null default 0,
  add column reminded_at timestamptz,
  add column closed_at timestamptz,
  add column closed_by integer references users on delete set null,
  -- reached, unreached, replaced, lead-gone, refused, or a person's words
  add column close_reason text;
update callbacks set promised_at = due_at, promised_by = user_id;
alter table callbacks alter column promised_at set not null;
create index callbacks_open on callbacks (promised_at, id) where state in ('waiting', 'dialling');
create index callbacks_of_agent on callbacks (user_id, due_at) where state = 'waiting';
create index callbacks_closed on callbacks (closed_at desc) where closed_at is not null;
-- Which dispositions rest a number is said by the campaign's compliance.
alter table dispositions drop column lock_days;
