# data/pinyin.tsv -> generated/base/pinyin_table.h in the build tree, for src/base/pinyin.c.
find_program(YW_AWK NAMES mawk gawk awk REQUIRED)
set(table ${CMAKE_BINARY_DIR}/generated/base/pinyin_table.h)
add_custom_command(OUTPUT ${table}
  COMMAND ${CMAKE_COMMAND} -E make_directory ${CMAKE_BINARY_DIR}/generated/base
  COMMAND ${CMAKE_COMMAND} -E env LC_ALL=C ${YW_AWK} -f ${CMAKE_SOURCE_DIR}/cmake/pinyin.awk
          ${CMAKE_SOURCE_DIR}/data/pinyin.tsv > ${table}.new
  COMMAND ${CMAKE_COMMAND} -E rename ${table}.new ${table}
  DEPENDS ${CMAKE_SOURCE_DIR}/data/pinyin.tsv ${CMAKE_SOURCE_DIR}/cmake/pinyin.awk
  VERBATIM)
target_sources(yw_base PRIVATE ${table})
target_include_directories(yw_base PRIVATE ${CMAKE_BINARY_DIR}/generated)
