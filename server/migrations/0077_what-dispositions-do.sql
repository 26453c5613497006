-- Of shared/disposition-does.ts: what choosing it does besides its effect.
alter table dispositions add column does jsonb not null default '{}';
