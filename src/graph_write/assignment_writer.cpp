#include <utility>

#include "graph_write/write_request.h"
#include "syncwright/graph_read/graph_path.h"
#include "syncwright/graph_write/graph_writer.h"

namespace syncwright {
Result<Written> GraphWriter::add_assignment(const std::string& service_principal_id,
                                            const std::string& principal_id,
                                            const std::string& app_role_id, std::stop_token stop) {
  const Json body = {{"principalId", principal_id},
                     {"resourceId", service_principal_id},
                     {"appRoleId", app_role_id}};
  HttpRequest request =
      write_request(connection_, HttpMethod::post,
                    object_path("servicePrincipals", service_principal_id) + "/appRoleAssignedTo",
                    canonical_json(body));
  request.repeatable = Repeatable::no;
  return send_write(connection_, std::move(request), std::move(stop));
}

Result<Written> GraphWriter::remove_assignment(const std::string& service_principal_id,
                                               const std::string& assignment_id,
                                               std::stop_token stop) {
  const std::string path = object_path("servicePrincipals", service_principal_id) +
                           object_path("appRoleAssignedTo", assignment_id);
  return send_write(connection_, write_request(connection_, HttpMethod::del, path),
                    std::move(stop));
}

}  // namespace syncwright
