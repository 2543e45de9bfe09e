#include "syncwright/emulator/tenant.h"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <optional>
#include <utility>

#include "emulator/alternate_key.h"
#include "emulator/batch.h"
#include "emulator/cycles/cycle.h"
#include "emulator/exchange.h"
#include "emulator/graph_error.h"
#include "emulator/odata/query_check.h"
#include "emulator/odata/request_target.h"
#include "emulator/path_alias.h"
#include "emulator/request_body.h"
#include "emulator/resources/application_instance.h"
#include "emulator/resources/directory_audit.h"
#include "emulator/resources/people.h"
#include "emulator/routes.h"
#include "emulator/sign_in/access_token.h"
#include "emulator/sign_in/authority.h"
#include "emulator/store/regular_file.h"
#include "emulator/store/state.h"
#include "emulator/store/state_database.h"
#include "emulator/store/state_values.h"
#include "syncwright/core/ascii.h"
#include "syncwright/core/file.h"
#include "syncwright/schema/synchronization_schema.h"

namespace syncwright::emulator {

namespace {

using Body = tl::expected<Json, Reply>;

constexpr const char* own_client_id = "5c1e2b7a-94d3-4f60-8a1d-3e7b0c92f645";

Reply denial(Permission permission) {
  return is_of_synchronization(permission) ? graph_error(401, "UnknownError", "")
                                           : insufficient_privileges();
}

/// What the database holds, the catalog's directory where it holds nothing yet.
Store state_of(StateDatabase& database, const Catalog& catalog) {
  if (database.has_state()) return database.load();
  Store store = database.empty_store();
  begin_store(catalog, store);
  return store;
}

/// Where a tenant's state lies: in its file, which is locked, or in memory.
struct Home {
  std::unique_ptr<StateFile> file;  ///< nullptr: in memory
  std::unique_ptr<StateDatabase> database;

  [[nodiscard]] Error error_of(const StorageFault& fault) const {
    return as_error(fault, file ? file->path() : "the state");
  }
};

/// What a request came to under the lock; its text is made without it.
struct Outcome {
  Call call;
  Reply reply;
  bool is_of_graph = true;  ///< false: of the sign-in

  [[nodiscard]] http::HttpResponse response() && {
    return is_of_graph ? emulator::answer(call, std::move(reply)) : answer_plain(call, reply);
  }
};

}  // namespace

class Tenant::Impl {
 public:
  Impl(std::shared_ptr<const Catalog> catalog, Clock& clock, TenantOptions options, Home home,
       Store store)
      : catalog_(std::move(catalog)),
        clock_(clock),
        options_(std::move(options)),
        home_(std::move(home)),
        store_(std::move(store)),
        authority_(options_.arc_key_folder) {
    configure();
    clock_.catch_up(home_.database->saved_at());
    ahead_ = std::max(Milliseconds{0}, home_.database->saved_at() - clock_.now());
  }

  Result<http::HttpResponse> answer(const http::HttpRequest& request,
                                    const AroundItem& around_item) {
    if (options_.latency.count() > 0) clock_.wait(options_.latency, {});
    const RequestTarget target = RequestTarget::parse(request.url);
    if (is_batch_path(target.segments)) {
      Call call = call_of(request, target);
      Reply reply = reply_to_batch(request, target, call, around_item);
      return emulator::answer(call, std::move(reply));
    }
    Body body = read_body(request);
    return response_of(under_lock([&] { return respond(request, target, std::move(body)); }));
  }

  http::HttpResponse handle(const http::HttpRequest& request, const AroundItem& around_item) {
    return response_or_fault(request, answer(request, around_item));
  }

  Result<void> export_state(const std::filesystem::path& file) const {
    const std::scoped_lock lock(mutex_);
    const auto write_content = [&](const WritePiece& write) -> Result<void> {
      try {
        write_state(store_, now(), write);
      } catch (const StorageFault& fault) {
        return fail(home_.error_of(fault));
      }
      return {};
    };
    return write_file_atomically(file, write_content, true);
  }

  std::string state_text() const {
    const std::scoped_lock lock(mutex_);
    std::string text;
    write_state(store_, now(), [&](std::string_view piece) { text += piece; });
    return text;
  }

  std::uint64_t revision() const {
    const std::scoped_lock lock(mutex_);
    return revision_;
  }

  std::string tenant_id() const {
    const std::scoped_lock lock(mutex_);
    return store_.tenant_id;
  }

  Json people() const {
    const std::scoped_lock lock(mutex_);
    return people_of(store_);
  }

  std::string issue_token() const {
    const std::scoped_lock lock(mutex_);
    return unsigned_token(
        access_claims(application_holder(store_, store_.tenant_id, own_client_id), now()));
  }

 private:
  /// Never before the time the state was saved at, whatever the clock says, nor after the last one
  /// that a state can hold.
  Instant now() const { return std::min(clock_.now() + ahead_, latest_time); }

  /// What `work` answers, alone with a store that is what the file holds.
  template <typename Work>
  Result<Outcome> under_lock(const Work& work) {
    const std::scoped_lock lock(mutex_);
    try {
      if (!is_current_) read_again();
      return work();
    } catch (const StorageFault& fault) {
      Error error = home_.error_of(fault);
      give_up_changes();
      return fail(std::move(error));
    }
  }

  static Result<http::HttpResponse> response_of(Result<Outcome> outcome) {
    if (!outcome) return fail(std::move(outcome.error()));
    return std::move(*outcome).response();
  }

  /// A fault of the storage is a 500.
  http::HttpResponse response_or_fault(const http::HttpRequest& request,
                                       Result<http::HttpResponse> answered) const {
    if (answered) return std::move(*answered);
    Call call;
    call.headers = request.headers;
    call.now = now();
    return emulator::answer(call,
                            graph_error(500, "InternalServerError", answered.error().message));
  }

  Call call_of(const http::HttpRequest& request, const RequestTarget& target) const {
    Call call;
    call.method = request.method;
    call.root = target.root;
    call.version = "v1.0";
    call.query = target.query;
    call.headers = request.headers;
    call.now = now();
    return call;
  }

  Outcome respond(const http::HttpRequest& request, const RequestTarget& target, Body body) {
    Call call = call_of(request, target);
    if (auto reply = authority_.answer({store_, request, target, call.now})) {
      return {std::move(call), std::move(*reply), false};
    }
    return respond_as_graph(request, target, std::move(call), std::move(body));
  }

  Outcome respond_as_graph(const http::HttpRequest& request, const RequestTarget& target, Call call,
                           Body body) {
    run_due_cycles(store_, *catalog_, random_source_of(options_), call.now);
    Reply reply = dispatch(request, target.segments, call, std::move(body));
    save(call.now);
    return {std::move(call), std::move(reply)};
  }

  void save(Instant now) {
    if (!store_.has_changed()) return;
    home_.database->save(store_, now);
    store_.forget_changes();
    ++revision_;
  }

  /// Memory must not know what the file does not.
  void give_up_changes() {
    is_current_ = false;
    try {
      read_again();
    } catch (const StorageFault&) {
      is_current_ = false;  // the next request tries it once more
    }
  }

  void read_again() {
    store_ = state_of(*home_.database, *catalog_);
    configure();
    is_current_ = true;
  }

  void configure() {
    store_.delay = options_.replication_delay;
    if (!options_.tenant_id.empty()) store_.tenant_id = options_.tenant_id;
  }

  /// Of which version it is and who sends it; a refusal where either cannot be told.
  static std::optional<Reply> identify(const http::HttpRequest& request,
                                       const std::vector<std::string>& segments, Call& call) {
    if (segments.empty() || (segments.front() != "v1.0" && segments.front() != "beta")) {
      return gateway_refusal(
          fmt::format("Invalid version: {}.", segments.empty() ? "" : segments[0]));
    }
    call.version = segments.front();
    call.segments = without_keys({segments.begin() + 1, segments.end()});
    Reply refusal;
    std::optional<Caller> caller = bearer(request.headers, call.now, refusal);
    if (!caller) return refusal;
    call.caller = std::move(*caller);
    return std::nullopt;
  }

  Reply dispatch(const http::HttpRequest& request, const std::vector<std::string>& segments,
                 Call& call, Body body) {
    if (options_.refuse_writes && request.method != http::HttpMethod::get) {
      return graph_error(403, "WritesRefused", "This emulator refuses every write.");
    }
    if (std::optional<Reply> unknown = identify(request, segments, call)) return *unknown;
    admit_first_party(Exchange{store_, *catalog_, options_, call});
    if (std::optional<Reply> unresolved = resolve_alternate_key(store_, call)) return *unresolved;
    if (std::optional<Reply> missing = resolve_jobs_of_application(store_, call)) return *missing;
    RouteMatch match = find_route(call.method, call.segments, call.version);
    if (!match.route) {
      if (match.knows_path) return method_not_allowed();
      return unknown_path(unknown_segment(call.segments, call.version));
    }
    const Permission permission = match.route->permission;
    if (!is_granted(permission, call.caller.grants)) return denial(permission);
    if (std::optional<Reply> refusal_of_options = refuse_options_of_request(call)) {
      return *refusal_of_options;
    }
    if (!body) return body.error();
    call.body = std::move(*body);
    if (std::optional<Reply> other_key = add_missing_key(call)) return *other_key;
    call.parameters = std::move(match.parameters);
    if (std::optional<Reply> nobody = resolve_me(call)) return *nobody;
    const DirectoryAudit audit(store_, *match.route, call);
    Reply reply = match.route->handler(Exchange{store_, *catalog_, options_, call});
    if (reply.status >= 300) return reply;
    if (std::optional<Reply> ignored = refuse_unread_options(call)) return *ignored;
    audit.record(store_, reply);
    return reply;
  }

  /// Without the lock, which each item takes for itself: what stands around one may wait.
  Reply reply_to_batch(const http::HttpRequest& request, const RequestTarget& target, Call& call,
                       const AroundItem& around_item) {
    if (std::optional<Reply> unknown = identify(request, target.segments, call)) return *unknown;
    if (call.method != http::HttpMethod::post) return method_not_allowed();
    Body body = read_body(request);
    if (!body) return body.error();
    call.body = std::move(*body);
    return run_batch(
        call, [&](const http::HttpRequest& item) { return answer_batch_item(item); }, around_item);
  }

  http::HttpResponse answer_batch_item(const http::HttpRequest& item) {
    const RequestTarget target = RequestTarget::parse(item.url);
    Body body = read_body(item);
    Result<Outcome> outcome = under_lock(
        [&] { return respond_as_graph(item, target, call_of(item, target), std::move(body)); });
    return response_or_fault(item, response_of(std::move(outcome)));
  }

  std::shared_ptr<const Catalog> catalog_;
  Clock& clock_;
  const TenantOptions options_;
  mutable std::mutex mutex_;
  Home home_;
  Store store_;
  Authority authority_;
  bool is_current_ = true;  // the store is what the file holds
  Milliseconds ahead_{0};
  std::uint64_t revision_ = 0;
};

Tenant::Tenant(std::shared_ptr<const Catalog> catalog, Clock& clock, TenantOptions options) {
  Home home{nullptr, std::make_unique<StateDatabase>()};
  Store store = state_of(*home.database, *catalog);
  impl_ = std::make_unique<Impl>(std::move(catalog), clock, std::move(options), std::move(home),
                                 std::move(store));
}

Tenant::Tenant(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Tenant::~Tenant() = default;

Result<std::unique_ptr<Tenant>> Tenant::restore(const Json& state,
                                                std::shared_ptr<const Catalog> catalog,
                                                Clock& clock, TenantOptions options) {
  Home home{nullptr, std::make_unique<StateDatabase>()};
  Store store = home.database->empty_store();
  if (Result<void> read = read_state(state, store); !read) return fail(std::move(read.error()));
  home.database->save(store, saved_at(state));
  store.forget_changes();
  return std::unique_ptr<Tenant>(new Tenant(std::make_unique<Impl>(
      std::move(catalog), clock, std::move(options), std::move(home), std::move(store))));
}

Result<std::unique_ptr<Tenant>> Tenant::open(std::unique_ptr<StateFile> file,
                                             std::shared_ptr<const Catalog> catalog, Clock& clock,
                                             TenantOptions options) {
  const std::filesystem::path path = file->path();
  auto database = StateDatabase::open(path);
  if (!database) return fail(std::move(database.error()));
  try {
    Home home{std::move(file), std::move(*database)};
    Store store = state_of(*home.database, *catalog);
    return std::unique_ptr<Tenant>(new Tenant(std::make_unique<Impl>(
        std::move(catalog), clock, std::move(options), std::move(home), std::move(store))));
  } catch (const StorageFault& fault) {
    return fail(as_error(fault, path));
  }
}

Result<http::HttpResponse> Tenant::answer(const http::HttpRequest& request,
                                          const AroundItem& around_item) {
  return impl_->answer(request, around_item);
}
http::HttpResponse Tenant::handle(const http::HttpRequest& request, const AroundItem& around_item) {
  return impl_->handle(request, around_item);
}
Result<void> Tenant::export_state(const std::filesystem::path& file) const {
  return impl_->export_state(file);
}
std::string Tenant::state_text() const {
  return impl_->state_text();
}
std::uint64_t Tenant::revision() const {
  return impl_->revision();
}
std::string Tenant::tenant_id() const {
  return impl_->tenant_id();
}
Json Tenant::people() const {
  return impl_->people();
}
std::string Tenant::issue_token() const {
  return impl_->issue_token();
}

Result<http::HttpResponse> TenantTransport::send(const http::HttpRequest& request,
                                                 std::stop_token stop) {
  if (stop.stop_requested()) return fail(ErrorKind::cancelled, "the request was cancelled");
  Result<http::HttpResponse> response = tenant_.answer(request);
  if (response && response->body.size() > request.max_response_bytes) {
    return fail(ErrorKind::too_large,
                fmt::format("the answer has {} bytes, more than the {} allowed",
                            response->body.size(), request.max_response_bytes));
  }
  return response;
}

}  // namespace syncwright::emulator
