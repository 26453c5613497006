-- A recording's compressed archive (Ogg/Opus), made after the call. Its original goes only when the archive was verified.
alter table recordings
  -- Under the recordings folder of the data folder.
  add column archive_path text,
  add column archive_bytes bigint,
  add column archive_sha256 text,
  add column archived_at timestamptz,
  add column archive_tries integer not null default 0,
  add column archive_error text,
  add column original_deleted_at timestamptz,
  add check ((archive_path is null) = (archived_at is null)),
  add check (original_deleted_at is null or archived_at is not null);
create index recordings_to_archive on recordings (started_at)
  where archived_at is null and state in ('done', 'recovered');
create index recordings_with_both on recordings (started_at)
  where archived_at is not null and original_deleted_at is null;
