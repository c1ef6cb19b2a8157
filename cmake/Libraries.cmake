# Third-party libraries. Each lives behind one folder of src/; INSTALL lists the packages.
find_package(PkgConfig REQUIRED)
foreach(spec "unistring:" "crypto:libcrypto" "crypt:libcrypt" "jansson:jansson" "config:libconfig>=1.5"
             "sqlite:sqlite3>=3.40" "xlsxwriter:xlsxwriter")
  string(REGEX MATCH "^([a-z]+):(.*)$" _ ${spec})
  set(name ${CMAKE_MATCH_1})
  set(module ${CMAKE_MATCH_2})
  add_library(yw_lib_${name} INTERFACE)
  if("${module}" STREQUAL "")
    find_library(YW_${name} ${name} REQUIRED)
    target_link_libraries(yw_lib_${name} INTERFACE ${YW_${name}})
  else()
    pkg_check_modules(YW_${name} REQUIRED IMPORTED_TARGET ${module})
    target_link_libraries(yw_lib_${name} INTERFACE PkgConfig::YW_${name})
  endif()
endforeach()

# The wide curses; the flags of its pkg-config file would ask for an older standard than ours.
find_library(YW_CURSES ncursesw REQUIRED)
find_library(YW_TINFO tinfo REQUIRED)
add_library(yw_lib_curses INTERFACE)
target_link_libraries(yw_lib_curses INTERFACE ${YW_CURSES} ${YW_TINFO})

# CDK: the static archive only. Debian's shared libcdk is bound to the narrow libncurses and
# crashes beside ncursesw; the archive takes the wide one that we link after it. The linker's
# --wrap replaces the functions by which CDK draws one byte a cell, reads mark-up, sends to the
# terminal and beeps (src/tui/cdk_cells.c).
find_library(YW_CDK_ARCHIVE NAMES libcdk.a REQUIRED)
find_path(YW_CDK_INCLUDE cdk/cdk.h REQUIRED)
add_library(yw_lib_cdk INTERFACE)
target_include_directories(yw_lib_cdk SYSTEM INTERFACE ${YW_CDK_INCLUDE})
target_link_libraries(yw_lib_cdk INTERFACE ${YW_CDK_ARCHIVE} yw_lib_curses)
foreach(symbol char2Chtype chtype2Char chtype2String writeChtype writeChtypeAttrib writeChar writeCharAttrib
               wrefresh Beep)
  target_link_options(yw_lib_cdk INTERFACE -Wl,--wrap=${symbol})
endforeach()
