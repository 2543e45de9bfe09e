#pragma once

#include <string>
#include <string_view>

#include "syncwright/http/transport.h"

namespace syncwright::emulator {

/// Whether the path and query ask for the clouds' endpoints, as Azure Resource Manager tells them.
[[nodiscard]] bool is_azure_metadata(std::string_view target);

/// The document by which other tools find the sign-in and Graph of a cloud, here both at `root`
/// (docs/graph.md#1.1).
[[nodiscard]] http::HttpResponse answer_azure_metadata(const http::HttpRequest& request,
                                                       const std::string& root);

}  // namespace syncwright::emulator
