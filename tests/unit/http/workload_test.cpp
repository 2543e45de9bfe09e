#include "http/workload.h"

#include <doctest/doctest.h>

#include <string>

using namespace syncwright::http;

TEST_CASE("a request is counted to what the service meters it with") {
  struct Counted {
    HttpMethod method;
    const char* path;
    Workload workload;
  };
  using enum HttpMethod;
  const std::string job = "/v1.0/servicePrincipals/1/synchronization/jobs/2";
  for (const auto& [method, path, workload] : {
           Counted{get, "/v1.0/auditLogs/provisioning?$filter=jobId eq '1'", Workload::logs},
           Counted{get, "/beta/auditLogs/directoryAudits/1", Workload::logs},
           Counted{get, "/v1.0/auditLogsOfMine", Workload::directory},
           Counted{get, "/auditLogs/provisioning", Workload::sign_in},
           Counted{get, "/v1.0/applications?$search=\"auditLogs/\"", Workload::directory},
           Counted{get, "/v1.0", Workload::directory},
           Counted{post, "/contoso/oauth2/v2.0/token", Workload::sign_in},
           Counted{get, "", Workload::sign_in},
       }) {
    CAPTURE(path);
    CHECK(workload_of(method, std::string("https://graph.test") + path) == workload);
  }
  CHECK(workload_of(post, "https://graph.test" + job + "/provisionOnDemand") ==
        Workload::on_demand);
  CHECK(workload_of(post, "https://graph.test" + job + "/bulkUpload") == Workload::bulk_upload);
  CHECK(workload_of(get, "https://graph.test" + job + "/bulkUpload") == Workload::directory);
  CHECK(workload_of(post, "https://graph.test" + job + "/start") == Workload::directory);
  CHECK(workload_of(post, "http://[::1]:8484" + job + "/bulkUpload") == Workload::bulk_upload);
}
