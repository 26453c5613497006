-- How a trunk is found and protected: port and transport may be left to DNS (RFC 3263), TLS and SRTP.
alter table trunks drop constraint trunks_transport_check;
alter table trunks add constraint trunks_transport_check check (transport in ('auto', 'udp', 'tcp', 'tls'));
alter table trunks alter column port drop not null, alter column port drop default;
alter table trunks
  add column tls_verify boolean not null default true,
  add column tls_ca text,
  add column srtp text not null default 'off' check (srtp in ('off', 'preferred', 'required'));
