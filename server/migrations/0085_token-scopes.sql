-- What a token may do of what its owner may; shared/auth.ts. Those that stand may do all of it, as they could.
alter table api_tokens add column scope text not null default 'full' check (scope in ('read', 'desk', 'full'));
