# Joins the modules of Vega that the charts need into one script, in the order of their dependencies. Each module is
# UMD: given a `define`, it names what it needs and is called with it.
set(modules util time format loader dataflow statistics scale canvas scenegraph expression selection event-selector
            functions runtime encode transforms view-transforms parser view interpreter)
file(READ ${LICENCE} licence)
string(REPLACE "*/" "* /" licence "${licence}")
# A closing script tag in it would end the script that it stands in.
string(REPLACE "</" "< /" licence "${licence}")
file(WRITE ${OUT} "/* Vega 5, joined from its modules. Its licence:\n${licence}*/\n"
                  "const vega = (() => {\n'use strict';\nconst made = {};\nlet name;\n"
                  "const define = (needs, factory) => {\n"
                  "  const own = (made[name] = {});\n"
                  "  factory(...needs.map((need) => need === 'exports' ? own : made[need.replace('selections', 'selection')]));\n"
                  "};\ndefine.amd = true;\n")
foreach(module IN LISTS modules)
    file(READ ${FROM}/vega-${module}.min.js text)
    string(REGEX REPLACE "\n?//# sourceMappingURL=[^\n]*" "" text "${text}")
    string(FIND "${text}" "</script" tag)
    if(NOT tag EQUAL -1)
        message(FATAL_ERROR "vega-${module}.min.js holds a closing script tag")
    endif()
    file(APPEND ${OUT} "name = 'vega-${module}';\n${text}\n")
endforeach()
file(APPEND ${OUT} "Object.assign(made['vega-dataflow'].transforms, made['vega-transforms'], made['vega-view-transforms'], "
                   "made['vega-encode']);\nreturn Object.assign({}, ...Object.values(made));\n})();\n")
