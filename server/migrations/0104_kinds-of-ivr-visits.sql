-- Of the block; where a walk ended in a sub-flow, of the block in which it ended. So figures need no drawing.
alter table ivr_visits add column kind text not null default '';
update ivr_visits v set kind = b.block ->> 'kind'
  from ivr_versions r, jsonb_array_elements(r.document -> 'blocks') as b (block)
  where r.id = v.version_id and b.block ->> 'id' = v.block_id;
-- Reports of a span over all queues, flows and boxes.
create index queue_visits_by_day on queue_visits (entered_at);
create index ivr_visits_by_day on ivr_visits (entered_at);
create index voicemail_messages_by_day on voicemail_messages (left_at);
create index kept_places_by_call on kept_places (call_id);
