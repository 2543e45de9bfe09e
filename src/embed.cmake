# Compiles files into the program. syncwright_embed(TARGET FUNCTION FILE...) adds a generated source to
# TARGET, the floor `syncwright_<floor>`, that defines `std::span<const EmbeddedFile> FUNCTION()` in the floor's namespace;
# the program itself is the floor cli.
# As a script (-P) it writes that source: INPUTS separated by |, OUTPUT, FUNCTION, NAMESPACE.
if(CMAKE_SCRIPT_MODE_FILE)
  string(REPLACE "|" ";" INPUTS "${INPUTS}")
  list(SORT INPUTS)
  set(CHUNK 12000)  # every compiler takes literals of this length; adjacent ones join again
  set(SOURCE "#include <vector>\n\n#include \"syncwright/core/file.h\"\n\nnamespace ${NAMESPACE} {\n\n")
  string(APPEND SOURCE "std::span<const EmbeddedFile> ${FUNCTION}();\n")
  string(APPEND SOURCE "std::span<const EmbeddedFile> ${FUNCTION}() {\n")
  string(APPEND SOURCE "  static const std::vector<EmbeddedFile> files{\n")
  foreach(INPUT IN LISTS INPUTS)
    get_filename_component(NAME "${INPUT}" NAME)
    file(READ "${INPUT}" CONTENT)
    string(LENGTH "${CONTENT}" LENGTH)
    string(APPEND SOURCE "      {\"${NAME}\",\n")
    set(START 0)
    while(START LESS LENGTH)
      string(SUBSTRING "${CONTENT}" ${START} ${CHUNK} PART)
      string(APPEND SOURCE "       R\"~~~~(${PART})~~~~\"\n")
      math(EXPR START "${START} + ${CHUNK}")
    endwhile()
    string(APPEND SOURCE "      },\n")
  endforeach()
  string(APPEND SOURCE "  };\n  return files;\n}\n\n}  // namespace ${NAMESPACE}\n")
  file(WRITE "${OUTPUT}" "${SOURCE}")
  return()
endif()

set(SYNCWRIGHT_EMBED_SCRIPT ${CMAKE_CURRENT_LIST_FILE})
function(syncwright_embed TARGET FUNCTION)
  list(JOIN ARGN "|" INPUTS)
  string(REPLACE "syncwright_" "syncwright::" NAMESPACE ${TARGET})
  string(REGEX REPLACE "^syncwright$" "syncwright::cli" NAMESPACE ${NAMESPACE})
  string(REPLACE "::core" "" NAMESPACE ${NAMESPACE})
  set(OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/${FUNCTION}.cpp)
  add_custom_command(OUTPUT ${OUTPUT}
    COMMAND ${CMAKE_COMMAND} "-DINPUTS=${INPUTS}" -DOUTPUT=${OUTPUT} -DFUNCTION=${FUNCTION} -DNAMESPACE=${NAMESPACE}
            -P ${SYNCWRIGHT_EMBED_SCRIPT}
    DEPENDS ${ARGN} ${SYNCWRIGHT_EMBED_SCRIPT} VERBATIM)
  target_sources(${TARGET} PRIVATE ${OUTPUT})
endfunction()
