# data/schema/NNN-*.sql become part of the program, which so never lacks its schema.
file(GLOB YW_SCHEMA CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/data/schema/*.sql)
if(TARGET yw_store AND YW_SCHEMA)
  set(steps ${CMAKE_BINARY_DIR}/schema_steps.c)
  add_custom_command(OUTPUT ${steps}
    COMMAND ${CMAKE_COMMAND} -DOUT=${steps} "-DFILES=${YW_SCHEMA}" -P ${CMAKE_SOURCE_DIR}/cmake/embed_schema.cmake
    DEPENDS ${YW_SCHEMA} ${CMAKE_SOURCE_DIR}/cmake/embed_schema.cmake VERBATIM)
  target_sources(yw_store PRIVATE ${steps})
endif()
