#include "report/sarif/log.h"

#include <fmt/format.h>

#include <map>
#include <set>

#include "report/sarif/rules.h"
#include "syncwright/core/encoding.h"
#include "syncwright/report/escape.h"

// A log is read by programs that put findings beside lines of a pull request. GitHub's is the
// pickiest: it wants a place for each result, a help text for each rule, and one name for a finding
// in all runs, or else it closes alerts and opens them anew with every push. The name is made of
// the rule, the file and what the finding is about, and of no line: two that would have one name
// are told apart by their order.

namespace syncwright::report::sarif {

namespace {

constexpr const char* kSchema =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
constexpr const char* kRoot = "%SRCROOT%";
constexpr const char* kFingerprint = "syncwright/v1";

const char* level_of(Severity severity) {
  switch (severity) {
    case Severity::error:
      return "error";
    case Severity::warning:
      return "warning";
    case Severity::note:
      return "note";
  }
  return "none";
}

/// Foreign text in a message. `[text](target)` would be a link there.
Json message_of(std::string_view foreign) {
  std::string text = escape_terminal(foreign);
  for (std::size_t at = text.find("]("); at != std::string::npos; at = text.find("](", at)) {
    text.insert(at + 1, 1, ' ');
  }
  return {{"text", text}};
}

std::string uri_of_path(const std::filesystem::path& path) {
  std::string uri;
  for (const std::filesystem::path& part : path.relative_path()) {
    uri += (uri.empty() ? "" : "/") + percent_encode(part.string());  // empty behind a last slash
  }
  return path.is_absolute() ? "file:///" + uri : uri;
}

/// A file as SourceRange names it; relative to the project where it lies in it.
Json artifact_of(const std::string& file, const RunFacts& run) {
  const std::filesystem::path path = (run.working_folder / file).lexically_normal();
  const std::filesystem::path below = path.lexically_relative(run.root);
  if (below.empty() || *below.begin() == "..") return {{"uri", uri_of_path(path)}};
  return {{"uri", uri_of_path(below)}, {"uriBaseId", kRoot}};
}

/// What is about no line of a manifest is about the project: it is shown at its file.
Json location_of(const SourceRange& where, const RunFacts& run) {
  const bool has_file = !where.file.empty();
  const Json artifact = has_file ? artifact_of(where.file, run)
                                 : Json{{"uri", "syncwright.yaml"}, {"uriBaseId", kRoot}};
  return {{"physicalLocation", {{"artifactLocation", artifact}, {"region", region_of(where)}}}};
}

class Log {
 public:
  explicit Log(const RunFacts& run) : run_(run) {}

  void add(const Finding& finding) {
    Json result{{"level", level_of(finding.level)},
                {"message", message_of(finding.message)},
                {"locations", Json::array({location_of(finding.where, run_)})},
                {"partialFingerprints", {{kFingerprint, fingerprint_of(finding)}}}};
    if (!finding.rule.empty()) {
      rules_.insert(finding.rule);
      result["ruleId"] = finding.rule;
    }
    if (finding.row) {
      Json row = location_of(*finding.row, run_);
      row["message"] = message_of("the row that generated the application");
      result["relatedLocations"] = Json::array({std::move(row)});
    }
    results_.push_back(std::move(result));
  }

  [[nodiscard]] Json rules() const {
    Json list = Json::array();
    for (const std::string& id : rules_) {
      const Rule rule = rule_of(id);
      Json made{{"id", rule.id},
                {"shortDescription", {{"text", rule.title}}},
                {"help", {{"text", rule.help}}},
                {"defaultConfiguration", {{"level", level_of(rule.level)}}}};
      const std::string uri = help_uri(rule, run_.documentation);
      if (!uri.empty()) made["helpUri"] = uri;
      list.push_back(std::move(made));
    }
    return list;
  }

  /// With the index of each one's rule, now that all of these are known.
  [[nodiscard]] Json results() const {
    Json list = results_;
    for (Json& result : list) {
      const auto rule = rules_.find(string_or(result, "ruleId"));
      if (rule != rules_.end()) result["ruleIndex"] = std::distance(rules_.begin(), rule);
    }
    return list;
  }

 private:
  std::string fingerprint_of(const Finding& finding) {
    const Json artifact =
        finding.where.file.empty() ? Json() : artifact_of(finding.where.file, run_);
    const std::string name =
        digest({finding.rule, artifact,
                finding.subject.empty() ? escape_terminal(finding.message) : finding.subject});
    const int order = known_[name]++;
    return order == 0 ? name : fmt::format("{}:{}", name, order);
  }

  const RunFacts& run_;
  std::set<std::string> rules_;
  Json results_ = Json::array();
  std::map<std::string, int> known_;
};

Json invocation_of(const Findings& findings) {
  Json invocation{{"executionSuccessful", findings.failure.empty()}};
  if (!findings.failure.empty()) {
    invocation["toolExecutionNotifications"] =
        Json::array({{{"level", "error"}, {"message", message_of(findings.failure)}}});
  }
  return invocation;
}

}  // namespace

Json region_of(const SourceRange& where) {
  if (where.line == 0) return {{"startLine", 1}};
  Json region{{"startLine", where.line}};
  if (where.utf16.column > 0) {
    region["startColumn"] = where.utf16.column;
    if (where.utf16.end_column > where.utf16.column) {
      region["endColumn"] = where.utf16.end_column;
    }
  }
  return region;
}

std::string log_of(std::string_view command, const std::string& environment,
                   const Findings& findings, const RunFacts& run) {
  Log log(run);
  for (const Finding& finding : findings.all) log.add(finding);
  std::string category = fmt::format("syncwright/{}/", command);
  if (!environment.empty()) category += environment + "/";
  const Json driver{{"name", "syncwright"}, {"version", run.version}, {"rules", log.rules()}};
  const Json made{{"tool", {{"driver", driver}}},
                  {"automationDetails", {{"id", category}}},
                  {"columnKind", "utf16CodeUnits"},
                  {"originalUriBaseIds", {{kRoot, {{"uri", uri_of_path(run.root / "")}}}}},
                  {"invocations", Json::array({invocation_of(findings)})},
                  {"results", log.results()}};
  return json_text({{"$schema", kSchema}, {"version", "2.1.0"}, {"runs", Json::array({made})}});
}

}  // namespace syncwright::report::sarif
