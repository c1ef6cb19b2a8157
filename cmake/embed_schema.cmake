# cmake -DOUT=schema_steps.c "-DFILES=a.sql;b.sql" -P embed_schema.cmake: see src/store/migrate.h.
list(SORT FILES)
set(count 0)
set(table "")
file(WRITE ${OUT}.new "/* Made from data/schema by cmake/embed_schema.cmake. */\n#include \"store/migrate.h\"\n\n")
foreach(path ${FILES})
  math(EXPR count "${count} + 1")
  get_filename_component(stem ${path} NAME_WE)
  if(NOT stem MATCHES "^0*${count}-([a-z_-]+)$")
    message(FATAL_ERROR "data/schema/${stem}.sql: step ${count} was expected (NNN-name.sql, without a gap)")
  endif()
  set(name ${CMAKE_MATCH_1})
  # Bytes, not a string literal: C promises no more than 4095 characters in one.
  file(READ ${path} bytes HEX)
  string(REGEX REPLACE "(................................)" "\\1\n" bytes "${bytes}")
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1, " bytes "${bytes}")
  file(APPEND ${OUT}.new "static const unsigned char step_${count}[] = {\n${bytes}0x00\n};\n\n")
  string(APPEND table "\t{ ${count}, \"${name}\", (const char *)step_${count} },\n")
endforeach()
file(APPEND ${OUT}.new
  "const struct migration *migrate_steps(size_t *count)\n{\n\tstatic const struct migration steps[] = {\n${table}\t};\n\n"
  "\t*count = sizeof steps / sizeof steps[0];\n\treturn steps;\n}\n")
file(RENAME ${OUT}.new ${OUT})
