-- Canary calls over a trunk that costs money: to this number, so often; none unless an administrator says so.
alter table trunks
  add column canary_number text,
  add column canary_minutes integer not null default 15 check (canary_minutes between 1 and 1440);
