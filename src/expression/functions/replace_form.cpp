#include "expression/functions/replace_form.h"

#include <algorithm>
#include <initializer_list>

namespace syncwright {

ReplaceForm replace_form(const std::array<bool, replace_arguments>& is_given) {
  const auto only = [&is_given](std::initializer_list<ReplaceArgument> wanted) {
    for (std::size_t at = replace_find; at < replace_arguments; ++at) {
      const bool is_wanted = std::find(wanted.begin(), wanted.end(), at) != wanted.end();
      if (is_given[at] != is_wanted) return false;
    }
    return true;
  };
  if (only({replace_find, replace_template})) return ReplaceForm::fill_template;
  if (only({replace_find, replace_replacement})) return ReplaceForm::literal;
  if (only({replace_pattern, replace_replacement})) return ReplaceForm::regex;
  if (only({replace_pattern, replace_group, replace_replacement})) return ReplaceForm::group;
  if (only({replace_pattern, replace_group, replace_property})) return ReplaceForm::fallback;
  return ReplaceForm::none;
}

}  // namespace syncwright
