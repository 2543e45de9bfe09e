#include "syncwright/model/application_members.h"

namespace syncwright::model {

PrincipalTexts principal_texts(const DesiredApplication& desired) {
  PrincipalTexts texts;
  for_each_application_text([&](const auto& row) {
    if (const std::string* wanted = wanted_text(row, desired)) texts[row.name] = *wanted;
  });
  return texts;
}

bool has_texts(const LiveReference& live, const PrincipalTexts& texts) {
  bool has = true;
  for_each_application_text([&](const auto& row) {
    const auto wanted = texts.find(row.name);
    if (wanted != texts.end() && live.*row.principal != wanted->second) has = false;
  });
  return has;
}

}  // namespace syncwright::model
