# assay_add_plugin(NAME SOURCES file... [LINK target...])
#
# Builds NAME.so and writes the plugin's own description of itself into its ELF section .assay.manifest, so that the
# host learns what a plugin offers without running any of it.
function(assay_add_plugin name)
    cmake_parse_arguments(arg "" "" "SOURCES;LINK" ${ARGN})
    if(NOT arg_SOURCES)
        message(FATAL_ERROR "assay_add_plugin(${name}): no SOURCES given")
    endif()
    add_library(${name} MODULE ${arg_SOURCES})
    target_link_libraries(${name} PRIVATE assay::sdk ${arg_LINK})
    set_target_properties(${name} PROPERTIES PREFIX "" C_VISIBILITY_PRESET hidden CXX_VISIBILITY_PRESET hidden
                                             VISIBILITY_INLINES_HIDDEN ON)
    # -fno-gnu-unique: a unique symbol would tie the plugin to every other that has the same inline function.
    target_compile_options(${name} PRIVATE $<$<COMPILE_LANG_AND_ID:CXX,GNU>:-fno-gnu-unique>)
    if(NOT CMAKE_MODULE_LINKER_FLAGS MATCHES "-fsanitize")
        target_link_options(${name} PRIVATE -Wl,-z,defs)
    endif()
    find_program(ASSAY_OBJCOPY NAMES ${CMAKE_OBJCOPY} objcopy REQUIRED)
    get_filename_component(objcopy ${ASSAY_OBJCOPY} ABSOLUTE)
    add_custom_command(
        TARGET ${name} POST_BUILD
        COMMAND $<TARGET_FILE:assay::manifest> $<TARGET_FILE:${name}> $<TARGET_FILE:${name}>.manifest
        COMMAND ${objcopy} --remove-section=.assay.manifest --add-section
                .assay.manifest=$<TARGET_FILE:${name}>.manifest $<TARGET_FILE:${name}>
        COMMAND ${CMAKE_COMMAND} -E rm -f $<TARGET_FILE:${name}>.manifest
        COMMENT "Describing ${name}"
        VERBATIM)
endfunction()
