# yw_layer(NAME DEPS layer... LIBS library...): one static library from src/NAME/*.c.
function(yw_layer name)
  cmake_parse_arguments(L "" "" "DEPS;LIBS" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${name}/*.c)
  if(NOT sources)
    add_library(yw_${name} INTERFACE)
    set(how INTERFACE)
  else()
    add_library(yw_${name} STATIC ${sources})
    set(how PUBLIC)
    string(TOUPPER ${name} upper)
    target_compile_definitions(yw_${name} PRIVATE YW_LAYER_${upper})
  endif()
  target_link_libraries(yw_${name} ${how} yw_flags)
  list(TRANSFORM L_DEPS PREPEND yw_)
  list(TRANSFORM L_LIBS PREPEND yw_lib_)
  target_link_libraries(yw_${name} ${how} ${L_DEPS} ${L_LIBS})
endfunction()

# yw_program(NAME): the binary, with every layer, and what it needs at run time installed beside it.
function(yw_program name)
  if(NOT EXISTS ${CMAKE_SOURCE_DIR}/src/main.c)
    return()
  endif()
  add_executable(${name} ${CMAKE_SOURCE_DIR}/src/main.c)
  target_compile_definitions(${name} PRIVATE
    YW_SHARE="${CMAKE_INSTALL_FULL_DATADIR}/yunwei" YW_SOURCE="${CMAKE_SOURCE_DIR}"
    YW_BUILD="${CMAKE_BINARY_DIR}" YW_LOCALE="${CMAKE_INSTALL_FULL_LOCALEDIR}" YW_VERSION="${PROJECT_VERSION}")
  target_link_libraries(${name} PRIVATE yw_ui yw_cli)
  install(TARGETS ${name})
  install(DIRECTORY forms data export DESTINATION ${CMAKE_INSTALL_DATADIR}/yunwei
    PATTERN training EXCLUDE)
endfunction()
