-- Which of these numbers (digits, no plus) the loaded files of registers list. Each load is a table of its own; a
-- function names it, so that the gate's statement is the same for every load and stays prepared.
create function listed_numbers(register_ids integer[], loads integer[], phones bigint[])
  returns table (register_id integer, phone bigint) language plpgsql stable rows 10 as $$
#variable_conflict use_column
begin
  for i in 1..coalesce(cardinality(register_ids), 0) loop
    return query execute format(
      'select %s::integer, p from unnest($1) as p where exists (select from register_numbers_%s_%s where phone = p)',
      register_ids[i], register_ids[i], loads[i]) using phones;
  end loop;
end $$;
