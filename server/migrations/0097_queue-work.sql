-- The campaign by whose script, form, dispositions and wrap-up a queue's calls are handled, and whether talks are recorded.
alter table queues
  add column campaign_id integer references campaigns (id),
  add column record boolean not null default true;
