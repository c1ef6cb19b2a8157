# po/LANG.po -> LANG/LC_MESSAGES/yunwei.mo in the build tree, and installed.
find_program(YW_MSGFMT msgfmt REQUIRED)
file(GLOB YW_PO CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/po/*.po)
foreach(po ${YW_PO})
  get_filename_component(lang ${po} NAME_WE)
  set(mo ${CMAKE_BINARY_DIR}/locale/${lang}/LC_MESSAGES/yunwei.mo)
  add_custom_command(OUTPUT ${mo}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${CMAKE_BINARY_DIR}/locale/${lang}/LC_MESSAGES
    COMMAND ${YW_MSGFMT} --check -o ${mo} ${po} DEPENDS ${po})
  list(APPEND YW_MO ${mo})
  install(FILES ${mo} DESTINATION ${CMAKE_INSTALL_LOCALEDIR}/${lang}/LC_MESSAGES)
endforeach()
add_custom_target(catalogues ALL DEPENDS ${YW_MO})
