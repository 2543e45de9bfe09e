#include "emulator/exchange.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <string_view>
#include <utility>

#include "syncwright/core/ascii.h"
#include "syncwright/core/random.h"

namespace syncwright::emulator {

bool Call::is_eventual() const {
  return ascii::equal_ignoring_case(headers.get("ConsistencyLevel").value_or(""), "eventual");
}

const std::string& Exchange::tenant_id() const {
  return call.caller.tenant_id.empty() ? store.tenant_id : call.caller.tenant_id;
}

const Json* Exchange::application(const std::string& id) const {
  const Replicated* object = store.applications.find(id);
  return object ? object->by_id(call.now, store.delay) : nullptr;
}

const Json* Exchange::service_principal(const std::string& id) const {
  const Replicated* object = store.service_principals.find(id);
  return object ? object->by_id(call.now, store.delay) : nullptr;
}

const Job* Exchange::job(const std::string& service_principal, const std::string& id) const {
  const Job* found = store.jobs.find(id);
  const bool visible = found && found->service_principal == service_principal &&
                       store.shows(found->created, found->deleted, call.now);
  return visible ? found : nullptr;
}

const Job* Exchange::job_to_change() const {
  const Job* const found = job(call.parameters[0], call.parameters[1]);
  return found && !found->deleted ? found : nullptr;
}

const GalleryEntry* Exchange::gallery_entry(const std::string& service_principal) const {
  const Replicated* object = store.service_principals.find(service_principal);
  return object ? catalog.find(string_or(object->value(), "applicationTemplateId")) : nullptr;
}

expression::RandomSource& random_source_of(const TenantOptions& options) {
  return options.random ? *options.random : expression::system_random_source();
}

const Json& list_or_empty(const Json& owner, const char* name) {
  static const Json none = Json::array();
  const Json& value = member_or_null(owner, name);
  return value.is_array() ? value : none;
}

Reply no_content() {
  Reply reply;
  reply.status = 204;
  return reply;
}

namespace {

constexpr const char* odata_json =
    "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;"
    "charset=utf-8";

std::string http_date(Instant now) {
  const std::time_t seconds =
      std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
  return fmt::format("{:%a, %d %b %Y %H:%M:%S} GMT", fmt::gmtime(seconds));
}

/// "2026-03-02T09:14:31": no zone and no fraction (docs/graph.md#3).
std::string error_date(Instant now) {
  std::string text = format_rfc3339(std::chrono::floor<std::chrono::seconds>(now));
  text.pop_back();
  return text;
}

http::HttpHeaders common_headers(const Call& call, const std::string& request_id) {
  http::HttpHeaders headers;
  headers.set("Date", http_date(call.now));
  headers.set("request-id", request_id);
  headers.set("client-request-id", call.headers.get("client-request-id").value_or(request_id));
  headers.set("Strict-Transport-Security", "max-age=31536000");
  headers.set("Cache-Control", "no-cache");
  return headers;
}

/// Puts the context first without copying the body: schema documents are large.
std::string with_context(const std::string& context, std::string_view object) {
  std::string text =
      fmt::format("{{\"@odata.context\":{}{}", printed_json(context), object == "{}" ? "" : ",");
  text.append(object.substr(1));
  return text;
}

}  // namespace

http::HttpResponse answer(const Call& call, Reply reply) {
  const std::string request_id = random_uuid();
  http::HttpResponse response;
  response.status = reply.status;
  response.headers = common_headers(call, request_id);
  response.headers.set("OData-Version", "4.0");
  response.headers.set("Vary", "Accept-Encoding");
  response.headers.set("x-ms-ags-diagnostic",
                       R"({"ServerInfo":{"DataCenter":"Emulator","Slice":"E","Ring":"1",)"
                       R"("ScaleUnit":"000","RoleInstance":"EMULATOR"}})");
  if (!reply.location.empty()) {
    response.headers.set("Location",
                         fmt::format("{}/{}/{}", call.root, call.version, reply.location));
  }
  if (reply.retry_after > 0) response.headers.set("Retry-After", std::to_string(reply.retry_after));
  if (!reply.text.empty()) {
    response.headers.set("Content-Type", "text/plain");
    response.body = std::move(reply.text);
    return response;
  }
  if (reply.body.is_null() && reply.object.empty()) return response;
  response.headers.set("Content-Type", odata_json);
  if (reply.status >= 400) {
    Json& inner = reply.body["error"]["innerError"];  // a 429 has more to say there
    inner["date"] = error_date(call.now);
    inner["request-id"] = request_id;
    inner["client-request-id"] = *response.headers.get("client-request-id");
  }
  response.body = reply.object.empty() ? printed_json(reply.body) : std::move(reply.object);
  if (!reply.context.empty()) {
    response.body = with_context(
        fmt::format("{}/{}/$metadata#{}", call.root, call.version, reply.context), response.body);
  }
  return response;
}

http::HttpResponse answer_plain(const Call& call, const Reply& reply) {
  http::HttpResponse response;
  response.status = reply.status;
  response.headers = common_headers(call, random_uuid());
  response.headers.set("Content-Type", "application/json; charset=utf-8");
  response.headers.set("Cache-Control", "no-store, no-cache");
  if (!reply.challenge.empty()) response.headers.set("WWW-Authenticate", reply.challenge);
  if (!reply.text.empty()) {
    response.headers.set("Content-Type", "text/plain");
    response.body = reply.text;
    return response;
  }
  response.body = printed_json(reply.body);
  return response;
}

}  // namespace syncwright::emulator
