-- How an answered call sounded: shared/quality.ts CallQuality, and the MOS (ITU-T G.107) of its worst direction.
alter table calls add column quality jsonb;
alter table calls add column mos real;
