#include "apply/shared_reads.h"

#include <utility>

#include "syncwright/core/text.h"

namespace syncwright::apply {

namespace {

template <class Value>
Result<std::shared_ptr<const Value>> shared(Result<Value> read) {
  if (!read) return fail(std::move(read).error());
  return std::make_shared<const Value>(std::move(*read));
}

}  // namespace

Result<std::vector<model::GalleryTemplate>> SharedReads::gallery(const std::string& name_or_id,
                                                                 const std::stop_token& stop) {
  return gallery_.get(name_or_id, [&]() -> Result<std::vector<model::GalleryTemplate>> {
    if (!is_guid(name_or_id)) return reader_.gallery_by_names({name_or_id}, stop);
    auto by_id = reader_.gallery_by_id(name_or_id, stop);
    if (!by_id) return fail(std::move(by_id).error());
    std::vector<model::GalleryTemplate> found;
    if (*by_id) found.push_back(std::move(**by_id));
    return found;
  });
}

Result<SharedReads::Held> SharedReads::held_names(ListAge age, const std::stop_token& stop) {
  if (age == ListAge::fresh) return read_held_names(stop);
  return held_names_.get(0, [&] { return read_held_names(stop); });
}

Result<SharedReads::References> SharedReads::pending(const std::string& prefix, ListAge age,
                                                     const std::stop_token& stop) {
  if (age == ListAge::fresh) return list_pending(prefix, stop);
  return pending_.get(prefix, [&] { return list_pending(prefix, stop); });
}

Result<SharedReads::Held> SharedReads::read_held_names(const std::stop_token& stop) {
  return shared(reader_.held_names(stop));
}

Result<SharedReads::References> SharedReads::list_pending(const std::string& prefix,
                                                          const std::stop_token& stop) {
  return shared(reader_.list_applications_by_prefix(prefix, stop));
}

}  // namespace syncwright::apply
