-- How a carrier is told who calls and for whom the call was, and whether its own word on that is believed.
alter table trunks
  add column identity_header text not null default 'p-asserted-identity'
    check (identity_header in ('p-asserted-identity', 'p-preferred-identity', 'remote-party-id', 'none')),
  add column diversion_header text not null default 'diversion'
    check (diversion_header in ('diversion', 'history-info', 'none')),
  add column trust_identity boolean not null default true,
  add column withhold_number boolean not null default false;
