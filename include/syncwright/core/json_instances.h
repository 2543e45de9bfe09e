#pragma once

// Json's machinery is compiled once, in src/core/json_instances.cpp: the parser, the writer and the
// containers of nlohmann/json are templates that every file would otherwise compile again. The
// precompiled headers have this file in them (SYNCWRIGHT_PRECOMPILED of CMakeLists.txt), so no
// other file names it.

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#ifndef SYNCWRIGHT_INSTANCE
#define SYNCWRIGHT_INSTANCE extern
#endif

namespace nlohmann {

SYNCWRIGHT_INSTANCE template class basic_json<>;

namespace detail {

using TextAdapter = iterator_input_adapter<std::string::const_iterator>;
using PointerAdapter = iterator_input_adapter<const char*>;

SYNCWRIGHT_INSTANCE template class serializer<json>;
SYNCWRIGHT_INSTANCE template class json_sax_dom_parser<json>;
SYNCWRIGHT_INSTANCE template class json_sax_dom_callback_parser<json>;
SYNCWRIGHT_INSTANCE template class lexer<json, TextAdapter>;
SYNCWRIGHT_INSTANCE template class lexer<json, PointerAdapter>;
SYNCWRIGHT_INSTANCE template class parser<json, TextAdapter>;
SYNCWRIGHT_INSTANCE template class parser<json, PointerAdapter>;

}  // namespace detail
}  // namespace nlohmann

SYNCWRIGHT_INSTANCE template class std::map<std::string, nlohmann::json, std::less<>>;
SYNCWRIGHT_INSTANCE template class std::vector<nlohmann::json>;
