#pragma once

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "fake_graph.h"
#include "graph_read/sign_in/ways.h"
#include "syncwright/core/file.h"
#include "unit/manual_clock.h"
#include "unit/temporary_folder.h"

namespace syncwright::graph_read {

using Variables = std::map<std::string, std::string>;

inline const Variables kApp = {{"AZURE_TENANT_ID", "t1"}, {"AZURE_CLIENT_ID", "c1"}};

inline Variables app_with(const Variables& more) {
  Variables variables = kApp;
  variables.insert(more.begin(), more.end());
  return variables;
}

/// A folder whose files a test writes.
struct Folder : TemporaryFolder {
  std::string write(const std::string& name, const std::string& content) const {
    REQUIRE(write_file_atomically(path() / name, content));
    return (path() / name).string();
  }
};

/// The world that a sign-in sees: every request is answered by `answer`, by its number.
struct SignInWorld {
  using Answer = std::function<http::HttpResponse(const http::HttpRequest&, int number)>;

  explicit SignInWorld(Answer given)
      : graph([this, given](const http::HttpRequest& request) {
          return Result<http::HttpResponse>(given(request, ++count));
        }) {}

  Result<std::unique_ptr<TokenSource>> source(const Variables& variables,
                                              const std::string& tenant = {}) {
    return make_token_source(Environment(variables), graph, clock, "https://graph.microsoft.com",
                             tenant);
  }
  /// The token, or what went wrong and the way out.
  std::string token(const Variables& variables) {
    const auto made = source(variables);
    if (!made) return made.error().message + "; " + made.error().advice;
    const Result<Secret> token = (*made)->token({});
    return token ? std::string(token->reveal())
                 : token.error().message + "; " + token.error().advice;
  }

  int count = 0;
  FakeGraph graph;
  ManualClock clock;
};

inline http::HttpResponse granted(int number) {
  return json_answer(
      200, fmt::format(R"({{"token_type":"Bearer","expires_in":3599,"access_token":"token-{}"}})",
                       number));
}

inline SignInWorld granting() {
  return SignInWorld([](const http::HttpRequest&, int number) { return granted(number); });
}

inline std::vector<std::string> states(const TokenSource& source) {
  std::vector<std::string> lines;
  for (const SignInWay& way : source.ways()) {
    std::string line = way.name + ": " + to_string(way.state);
    for (const std::string& name : way.missing) line += " " + name;
    if (!way.reason.empty()) line += " (" + way.reason + ")";
    lines.push_back(line);
  }
  return lines;
}

}  // namespace syncwright::graph_read
