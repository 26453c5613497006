-- What callers of a queue hear and can do while they wait; shared/queues.ts `queueWaiting`.
alter table queues add column waiting jsonb not null default '{}';
