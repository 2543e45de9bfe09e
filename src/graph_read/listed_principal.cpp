#include "graph_read/listed_principal.h"

#include <array>
#include <string>
#include <utility>

namespace syncwright::graph_read {
namespace {

using Reference = model::LiveReference;
using Text = std::string Reference::*;
using Texts = std::array<Text, 4>;

constexpr Texts kOfApplication = {&Reference::application_id, &Reference::created,
                                  &Reference::unique_name, &Reference::application_display_name};
constexpr Texts kOfPrincipal = {&Reference::service_principal_id, &Reference::app_id,
                                &Reference::display_name, &Reference::notes};
static_assert(sizeof(Reference) == 2 * sizeof(Texts) / sizeof(Text) * sizeof(std::string),
              "every text of a reference is told by one of the two");

/// In the order of the table, so that no text needs a name.
Json packed(const Reference& reference, const Texts& texts) {
  Json values = Json::array();
  for (const Text text : texts) values.push_back(reference.*text);
  return values;
}

void unpack(const Json& values, const Texts& texts, Reference& reference) {
  for (std::size_t i = 0; i < texts.size(); ++i)
    reference.*texts[i] = values[i].get_ref<const std::string&>();
}

}  // namespace

void take_application(Reference application, Reference& reference) {
  for (const Text text : kOfApplication) reference.*text = std::move(application.*text);
}

ListedPrincipal::Application ListedPrincipal::packed_application(const Reference& application) {
  return packed(application, kOfApplication);
}

ListedPrincipal::ListedPrincipal(const GraphReader::ServicePrincipal& principal) {
  Json values = packed(principal.reference, kOfPrincipal);
  values.push_back(principal.application_template_id);
  values.push_back(principal.tags);
  principal_ = std::move(values);
}

GraphReader::ServicePrincipal ListedPrincipal::unpack() const {
  GraphReader::ServicePrincipal principal;
  const Json values = principal_;
  graph_read::unpack(values, kOfPrincipal, principal.reference);
  principal.application_template_id = values[kOfPrincipal.size()].get<std::string>();
  principal.tags = values[kOfPrincipal.size() + 1].get<std::vector<std::string>>();
  if (!application_.is_null()) {
    graph_read::unpack(application_.unpack(), kOfApplication, principal.reference);
  }
  return principal;
}

}  // namespace syncwright::graph_read
