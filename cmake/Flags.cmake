# Language, warnings and hardening, the same for every target.
set(CMAKE_C_STANDARD 17)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

add_library(yw_flags INTERFACE)
target_compile_definitions(yw_flags INTERFACE _XOPEN_SOURCE=700 NCURSES_WIDECHAR=1)
target_include_directories(yw_flags INTERFACE ${CMAKE_SOURCE_DIR}/src)
target_compile_options(yw_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wformat=2 -Wvla -Wundef
  -Wstrict-prototypes -Wmissing-prototypes -Wnull-dereference
  -fno-common -include ${CMAKE_SOURCE_DIR}/src/base/banned.h)

# Not in the release preset: another compiler's new warning must not stop whoever only wants to run it.
option(YW_WERROR "warnings are errors" ON)
if(YW_WERROR)
  target_compile_options(yw_flags INTERFACE -Werror)
endif()

option(YW_SANITIZE "address and undefined-behaviour sanitizers" OFF)
option(YW_FUZZ "build the fuzz targets (clang)" OFF)
option(YW_COVERAGE "gcov instrumentation" OFF)
option(YW_ANALYZE "gcc's static analyser" OFF)

if(YW_SANITIZE)
  target_compile_options(yw_flags INTERFACE -fsanitize=address,undefined -fno-omit-frame-pointer)
  target_link_options(yw_flags INTERFACE -fsanitize=address,undefined)
endif()
if(YW_FUZZ)
  target_compile_options(yw_flags INTERFACE -fsanitize=fuzzer-no-link,address,undefined)
  target_link_options(yw_flags INTERFACE -fsanitize=address,undefined)
endif()
if(YW_COVERAGE)
  target_compile_options(yw_flags INTERFACE --coverage)
  target_link_options(yw_flags INTERFACE --coverage)
endif()
if(YW_ANALYZE)
  # For leaks, double frees and dead descriptors. For null pointers and unset values gcc 12 cries
  # too often (it asks of each function that it stand alone); clang's analyser looks at those.
  target_compile_options(yw_flags INTERFACE -fanalyzer
    -Wno-analyzer-null-dereference -Wno-analyzer-use-of-uninitialized-value)
  # gcc 12 takes iconv_open()'s error value, (iconv_t)-1, for something to be closed.
  set_source_files_properties(src/base/utf8_clean.c PROPERTIES COMPILE_OPTIONS -Wno-analyzer-malloc-leak)
endif()
if(CMAKE_BUILD_TYPE STREQUAL "Release")
  target_compile_options(yw_flags INTERFACE -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2
    -fstack-protector-strong -fPIE)
  target_link_options(yw_flags INTERFACE -pie -Wl,-z,relro,-z,now)
endif()
