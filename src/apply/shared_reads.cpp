#include "apply/shared_reads.h"

#include <utility>

#include "syncwright/core/text.h"

namespace syncwright::apply {

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

Result<SharedReads::Deleted> SharedReads::deleted_holders(const std::stop_token& stop) {
  return deleted_.get(0, [&]() -> Result<Deleted> {
    auto listed = reader_.list_deleted_holders(stop);
    if (!listed) return fail(std::move(listed).error());
    return std::make_shared<const std::vector<model::LiveReference>>(std::move(*listed));
  });
}

}  // namespace syncwright::apply
