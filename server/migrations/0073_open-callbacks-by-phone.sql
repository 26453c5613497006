-- The screen pop shows what is promised to the person: looked up by number before the first word.
create index callbacks_open_by_phone on callbacks (phone) where state in ('waiting', 'dialling');
