#include "cli/cloud.h"

namespace syncwright::cli {

Cloud cloud_named(const std::string& name) {
  if (name == "usgov") {
    return {"https://graph.microsoft.us", "https://login.microsoftonline.us"};
  }
  if (name == "usgovdod") {
    return {"https://dod-graph.microsoft.us", "https://login.microsoftonline.us"};
  }
  if (name == "china") {
    return {"https://microsoftgraph.chinacloudapi.cn", "https://login.chinacloudapi.cn"};
  }
  return {"https://graph.microsoft.com", "https://login.microsoftonline.com"};
}

}  // namespace syncwright::cli
