-- Where a call's record stands in the company's own system: a template with names in braces (shared/record-url.ts).
alter table campaigns add column record_url text not null default '';
-- What another system gave to the dial of this call, told back in events.
alter table calls add column client_data jsonb;
-- Answers to requests that carried an Idempotency-Key, for a day: the same request sent again gets the same answer.
create table idempotency_keys (
  user_id integer not null references users on delete cascade,
  key text not null,
  -- SHA-256 of method, address and body: a key belongs to one request.
  request_hash bytea not null,
  -- Null while the request is being carried out.
  status smallint,
  body text,
  at timestamptz not null,
  primary key (user_id, key)
);
create index idempotency_keys_by_time on idempotency_keys (at);
