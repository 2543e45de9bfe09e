#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "fake_graph.h"
#include "syncwright/core/encoding.h"
#include "syncwright/graph_read/live_reader.h"
#include "syncwright/http/trace.h"
#include "syncwright/model/ownership.h"

namespace syncwright::graph_read {

/// A tenant as a table: the first row whose text occurs in the decoded path answers; 404 elsewhere
/// but for the lists, which are empty; and the application objects of what the tag query answers
/// have the display names of their service principals and the unique names that the tags say.
struct Table {
  std::vector<std::pair<std::string, std::string>> rows;

  [[nodiscard]] std::string applications_of_tagged() const {
    Json applications = Json::array();
    for (const auto& [text, body] : rows) {
      if (text != "tags/any") continue;
      const Json answer = parse_json(body).value();
      for (const Json& principal : answer.at("value")) {
        const std::string app_id = principal.at("appId");
        const auto name = model::tag_value(principal.at("tags"), model::kApplicationTag);
        applications.push_back({{"id", "obj-" + app_id},
                                {"appId", app_id},
                                {"displayName", principal.at("displayName")},
                                {"uniqueName", "syncwright/shop/-/" + name.value_or("")}});
      }
    }
    return Json{{"value", applications}}.dump();
  }

  Result<http::HttpResponse> operator()(const http::HttpRequest& request) const {
    const std::string path = percent_decode(request.url);
    for (const auto& [text, body] : rows) {
      if (path.find(text) != std::string::npos) return json_answer(200, body);
    }
    if (path.find("displayName in (") != std::string::npos) {
      return json_answer(200, applications_of_tagged());
    }
    if (path.find("$filter=") != std::string::npos) return json_answer(200, R"({"value":[]})");
    return graph_failure(404, "Request_ResourceNotFound", "not there");
  }
};

/// Answers batches as well: each item as `alone` answers it by itself.
inline FakeGraph::Handler in_batches(FakeGraph::Handler alone) {
  return
      [alone = std::move(alone)](const http::HttpRequest& request) -> Result<http::HttpResponse> {
        if (!request.url.ends_with("/$batch")) return alone(request);
        Json responses = Json::array();
        const Json batch = parse_json(request.body).value();
        for (const Json& item : batch.at("requests")) {
          http::HttpRequest single;
          single.url = "https://graph.example/v1.0" + item.at("url").get<std::string>();
          const Result<http::HttpResponse> answer = alone(single);
          responses.push_back({{"id", item.at("id")},
                               {"status", answer->status},
                               {"body", parse_json(answer->body).value()}});
        }
        return json_answer(200, canonical_json({{"responses", responses}}));
      };
}

inline std::string list(const std::string& items) {
  return R"({"value":[)" + items + "]}";
}

inline std::string principal(const std::string& name, const std::string& display_name,
                             const std::string& tags, const std::string& gallery = "t-box") {
  return R"({"id":"sp-)" + name + R"(","appId":"app-)" + name + R"(","displayName":")" +
         display_name + R"(","applicationTemplateId":")" + gallery + R"(","tags":[)" + tags + "]}";
}

inline std::string our_tags(const std::string& name) {
  return R"("syncwright:shop/-","syncwright-app:)" + name + "\"";
}

inline std::string application(const std::string& name, const std::string& display_name,
                               const std::string& unique_name = "") {
  return R"({"id":"obj-)" + name + R"(","appId":"app-)" + name + R"(","displayName":")" +
         display_name + R"(","uniqueName":)" +
         (unique_name.empty() ? "null" : "\"" + unique_name + "\"") + "}";
}

inline constexpr const char* kBox = R"({"value":[{"id":"t-box","displayName":"Box"}]})";
inline constexpr const char* kSchema = R"({"id":"j","synchronizationRules":[],"directories":[]})";

inline model::DesiredApplication box(const std::string& name) {
  model::DesiredApplication desired;
  desired.name = name;
  desired.gallery = "Box";
  desired.display_name = "Box " + name;
  return desired;
}

inline model::DesiredJob job(const std::string& key) {
  model::DesiredJob desired;
  desired.key = key;
  desired.schema.emplace();
  return desired;
}

inline model::Desired desired_of(std::vector<model::DesiredApplication> applications) {
  model::Desired desired;
  desired.project = "shop";
  desired.applications = std::move(applications);
  return desired;
}

/// One read, with everything that came of it.
struct Reading {
  Reading(FakeGraph::Handler handler, const model::Desired& desired) : fake(std::move(handler)) {
    graph_read::GraphReader reader(fake.connection);
    graph_read::ReadOptions options;
    options.parallelism = 1;
    result = graph_read::read_live(
        reader, fake.connection, desired, options,
        [this](const model::DesiredApplication& application, model::Findings found) {
          findings[application.name] = std::move(found);
        },
        {});
  }

  /// Requests after the four shared ones, decoded and without options but $filter; of a batch what
  /// it holds.
  [[nodiscard]] std::vector<std::string> own_requests() const {
    std::vector<std::string> own;
    const std::vector<http::HttpRequest> requests = fake.graph.requests();
    const std::vector<std::string> lines = fake.graph.lines();
    for (std::size_t at = 0; at < lines.size(); ++at) {
      if (!requests[at].items.empty()) {
        own.push_back(percent_decode(http::names_of(requests[at].items)));
      }
      if (requests[at].method != http::HttpMethod::get) continue;
      const std::string& line = lines[at];
      const std::string text = percent_decode(line.substr(4, line.find("$select") - 4));
      const bool shared = text.find("startswith(") != std::string::npos ||
                          text.find("tags/any(") != std::string::npos ||
                          text.starts_with("/directory/deletedItems") ||
                          text.starts_with("/applicationTemplates?");
      if (!shared) own.push_back(text);
    }
    return own;
  }
  [[nodiscard]] std::vector<std::string> orphans() const {
    std::vector<std::string> texts;
    for (const model::Orphan& orphan : result->orphans) {
      texts.push_back(orphan.application + " " + orphan.reference.app_id);
    }
    return texts;
  }

  FakeConnection fake;
  std::map<std::string, model::Findings> findings;
  Result<graph_read::ReadSummary> result;
};

inline const std::string kJobs = "/synchronization/jobs";

}  // namespace syncwright::graph_read
