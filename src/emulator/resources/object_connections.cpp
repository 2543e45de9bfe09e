#include <map>
#include <string>

#include "emulator/cycles/job_source.h"
#include "emulator/graph_error.h"
#include "emulator/odata/listing.h"
#include "emulator/resources/resources.h"

namespace syncwright::emulator {

namespace {

/// "User" of the link's "User to Person".
std::string source_type_of(const Link& link) {
  return link.object_name.substr(0, link.object_name.find(" to "));
}

/// `key` is "User to Person/<id>".
std::string source_id_of(const std::string& key, const Link& link) {
  return key.substr(link.object_name.size() + 1);
}

/// The link of a source object, else the one to an account (docs/graph.md#5.10); end where the job
/// has neither.
std::map<std::string, Link>::const_iterator find_link(const Job& job, const std::string& id) {
  for (auto link = job.links.begin(); link != job.links.end(); ++link) {
    if (source_id_of(link->first, link->second) == id) return link;
  }
  for (auto link = job.links.begin(); link != job.links.end(); ++link) {
    if (link->second.account == id) return link;
  }
  return job.links.end();
}

/// null where the source object is gone.
Json display_name_of(const Exchange& exchange, const Job& job, const Link& link,
                     const std::string& source_id) {
  const JobSource source = takes_uploads(exchange.gallery_entry(job.service_principal))
                               ? JobSource::uploads(exchange.store, job.id)
                               : JobSource::tenant(exchange.store);
  const Json* object = source.find(source_type_of(link), source_id);
  return object ? member_or_null(*object, "displayName") : Json();
}

}  // namespace

Reply list_object_connections(const Exchange& exchange) {
  const std::string& id = exchange.call.parameters[1];
  if (!exchange.job(exchange.call.parameters[0], id)) return resource_not_found(id);
  return bad_request("Listing the collection 'objectConnections' is not supported.");
}

Reply get_object_connection(const Exchange& exchange) {
  const std::string& id = exchange.call.parameters[2];
  const Job* job = exchange.job(exchange.call.parameters[0], exchange.call.parameters[1]);
  if (!job) return resource_not_found(exchange.call.parameters[1]);
  const auto link = find_link(*job, id);
  if (link == job->links.end()) return resource_not_found(id);
  const std::string source = source_id_of(link->first, link->second);
  Listing listing;
  listing.context = "objectConnection";
  listing.type = "objectConnection";
  return entity(exchange, listing,
                {{"objectId", id},
                 {"objectTypeName", source_type_of(link->second)},
                 {"sourceAnchor", source},
                 {"targetAnchor", link->second.account},
                 {"displayName", display_name_of(exchange, *job, link->second, source)}});
}

Reply delete_object_connection(const Exchange& exchange) {
  const Job* job = exchange.job_to_change();
  if (!job) return resource_not_found(exchange.call.parameters[1]);
  if (job->active) {
    return graph_error(409, "Conflict",
                       "The synchronization job must be paused before a connection is deleted.");
  }
  const auto link = find_link(*job, exchange.call.parameters[2]);
  if (link != job->links.end()) {
    const std::string key = link->first;
    exchange.store.jobs.edit(job->id).links.erase(key);
  }
  return no_content();
}

}  // namespace syncwright::emulator
