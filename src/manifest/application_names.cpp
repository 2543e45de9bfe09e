#include "manifest/application_names.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>

namespace syncwright {
namespace {

std::string described(const SourceRange& where) {
  return fmt::format("{}:{}:{}", where.file, where.line, where.column);
}

void report_equal_names(const std::vector<DecodedApplication>& applications,
                        Diagnostics& diagnostics) {
  for (std::size_t index = 1; index < applications.size(); ++index) {
    const DesiredApplication& first = applications[index - 1].application;
    const DesiredApplication& second = applications[index].application;
    if (first.name != second.name) continue;
    const bool both_rows = first.row.line > 0 && second.row.line > 0;
    diagnostics.add("SW2001", origin_of(second),
                    fmt::format("the name `{}` is taken by {}{}", second.name,
                                both_rows ? "the row " : "", described(origin_of(first))),
                    both_rows ? "give the rows different names" : "rename one of the two");
  }
}

struct ByName {
  bool operator()(const DecodedApplication& left, const std::string& right) const {
    return left.application.name < right;
  }
  bool operator()(const std::string& left, const DecodedApplication& right) const {
    return left < right.application.name;
  }
};

bool is_there(const std::vector<DecodedApplication>& applications, const std::string& name) {
  return std::binary_search(applications.begin(), applications.end(), name, ByName());
}

}  // namespace

const SourceRange& origin_of(const DesiredApplication& application) {
  return application.row.line > 0 ? application.row : application.where;
}

void check_names(const std::vector<DecodedApplication>& applications, Diagnostics& diagnostics) {
  report_equal_names(applications, diagnostics);
  std::map<std::string, const DesiredApplication*> claimed;
  for (const DecodedApplication& decoded : applications) {
    const DesiredApplication& application = decoded.application;
    for (std::size_t index = 0; index < application.previously.size(); ++index) {
      const std::string& earlier = application.previously[index];
      const SourceRange& where = decoded.previously_where[index];
      const auto [first, added] = claimed.emplace(earlier, &application);
      if (earlier == application.name) {
        diagnostics.add("SW2026", where, fmt::format("`{}` is its own earlier name", earlier),
                        "write the name that it had before");
      } else if (is_there(applications, earlier)) {
        diagnostics.add("SW2026", where,
                        fmt::format("`{}` is an earlier name of `{}`, and a manifest has it still",
                                    earlier, application.name),
                        "remove it here, or rename the other one");
      } else if (!added && first->second->name != application.name) {
        diagnostics.add("SW2026", where,
                        fmt::format("`{}` and `{}` both had the name `{}`", first->second->name,
                                    application.name, earlier),
                        "only one of them can be what was renamed");
      }
    }
  }
}

}  // namespace syncwright
