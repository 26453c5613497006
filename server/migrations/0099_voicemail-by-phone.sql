-- Boxes are opened by telephone: shared ones have a number (own ones their person's extension), all may have a PIN.
alter table voicemail_boxes
  add column number text unique,
  -- argon2id; null: from outside it does not open.
  add column pin_hash text,
  -- Wrong PINs in a row.
  add column pin_failures smallint not null default 0,
  add column pin_locked_until timestamptz,
  add check (number is null or user_id is null);
