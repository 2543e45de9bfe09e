#pragma once

#include <string>
#include <utility>
#include <vector>

#include "emulator/odata/request_target.h"
#include "emulator/store/store.h"
#include "syncwright/core/clock.h"
#include "syncwright/core/json.h"
#include "syncwright/emulator/catalog.h"
#include "syncwright/emulator/tenant.h"
#include "syncwright/http/transport.h"

namespace syncwright::emulator {

/// Who sends a request, as its token says.
struct Caller {
  std::string app_id;
  std::string user;       ///< userPrincipalName; empty where the application acts on its own
  std::string tenant_id;  ///< whose token it is; empty where it does not say
  std::vector<std::string> grants;
};

/// A Graph request, taken apart.
struct Call {
  http::HttpMethod method = http::HttpMethod::get;
  std::string root;                   ///< scheme and host as the client wrote them
  std::string version;                ///< "v1.0" or "beta"
  std::vector<std::string> segments;  ///< of the path below the version, decoded
  QueryOptions query;
  http::HttpHeaders headers;
  Json body;                            ///< null without one
  std::vector<std::string> parameters;  ///< the segments that the route's `*` stand for
  /// Name and value of the key of an upsert that makes the object (alternate_key.h); else empty.
  std::pair<std::string, std::string> missing_key;
  Caller caller;
  Instant now;

  [[nodiscard]] bool is_beta() const { return version == "beta"; }
  [[nodiscard]] bool is_eventual() const;  ///< ConsistencyLevel: eventual
};

/// A Graph answer before it gets its headers, `@odata.context` and `innerError`.
struct Reply {
  int status = 200;
  Json body;                   ///< null: none
  std::string context;         ///< what follows `$metadata#`; empty: no context
  std::string location;        ///< path below the version; empty: none
  std::string text;            ///< a text/plain body instead
  int retry_after = 0;         ///< seconds, of a 429
  std::string challenge = {};  ///< WWW-Authenticate, of a 401; empty: none
  std::string object = {};     ///< an object's text instead of `body`: what is large is not parsed
};

/// What a handler works on. Lives for one request, under the tenant's lock.
struct Exchange {
  Store& store;
  const Catalog& catalog;
  const TenantOptions& options;
  Call& call;  ///< a handler may take its body

  /// The tenant that answers: the one whose token the caller shows.
  [[nodiscard]] const std::string& tenant_id() const;
  /// The objects as a request by id sees them; nullptr where it sees none.
  [[nodiscard]] const Json* application(const std::string& id) const;
  [[nodiscard]] const Json* service_principal(const std::string& id) const;
  /// The job where the request sees it and it belongs to the service principal.
  [[nodiscard]] const Job* job(const std::string& service_principal, const std::string& id) const;
  /// The job of a path `servicePrincipals/*/synchronization/jobs/*...`; nullptr where `job` gives
  /// none or it is deleted already, though reads may still show it.
  [[nodiscard]] const Job* job_to_change() const;
  /// The gallery entry a service principal was made from; nullptr for plain applications.
  [[nodiscard]] const GalleryEntry* gallery_entry(const std::string& service_principal) const;
};

[[nodiscard]] expression::RandomSource& random_source_of(const TenantOptions& options);

using Handler = Reply (*)(const Exchange&);

[[nodiscard]] Reply no_content();
/// The member where it is an array, else an empty one.
[[nodiscard]] const Json& list_or_empty(const Json& owner, const char* name);

/// Dresses a reply as Graph does (docs/graph.md#1 and #3): request-id, client-request-id, Date,
/// Content-Type, OData-Version, Location on 201, `@odata.context`, `innerError` of errors.
[[nodiscard]] http::HttpResponse answer(const Call& call, Reply reply);

/// The same for the token endpoints, which know no OData.
[[nodiscard]] http::HttpResponse answer_plain(const Call& call, const Reply& reply);

}  // namespace syncwright::emulator
