#include "emulator/server/azure_metadata.h"

#include "syncwright/core/json.h"

namespace syncwright::emulator {

namespace {

constexpr std::string_view azure_metadata_path = "/metadata/endpoints";

}  // namespace

bool is_azure_metadata(std::string_view target) {
  return target.substr(0, target.find('?')) == azure_metadata_path;
}

http::HttpResponse answer_azure_metadata(const http::HttpRequest& request,
                                         const std::string& root) {
  if (request.method != http::HttpMethod::get) {
    return {
        405, {{"Content-Type", "application/json"}}, R"({"error":{"code":"MethodNotAllowed"}})"};
  }
  const Json document = {
      {"name", "AzureCloud"},
      {"authentication",
       {{"loginEndpoint", root},
        {"audiences", {"https://management.core.windows.net/", "https://management.azure.com/"}},
        {"tenant", "common"},
        {"identityProvider", "AAD"}}},
      {"resourceManager", root},
      {"microsoftGraphResourceId", root + "/"}};
  return {200, {{"Content-Type", "application/json; charset=utf-8"}}, canonical_json(document)};
}

}  // namespace syncwright::emulator
