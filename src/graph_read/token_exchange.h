#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "syncwright/graph_read/token_source.h"

namespace syncwright::graph_read {

/// How to get a token from a token endpoint: a form POST (docs/graph.md#2).
struct TokenGrant {
  std::string url;
  std::string description;
  std::vector<std::pair<std::string, std::string>> fields;  ///< sent as they are
  std::string secret_field;                                 ///< "client_secret", "password"
  Secret secret;
};

/// Exchanges the grant for tokens and keeps the last one until less than five minutes of it remain
/// (of a short-lived one: less than half of its life).
class TokenExchange final : public TokenSource {
 public:
  TokenExchange(TokenGrant grant, http::HttpTransport& transport, Clock& clock);

  [[nodiscard]] Result<Secret> token(std::stop_token stop) override;
  bool renew() override;
  [[nodiscard]] std::string description() const override { return grant_.description; }

 private:
  struct Cached {
    Secret token;
    Instant refresh_at;
  };
  [[nodiscard]] Result<Cached> exchange(std::stop_token stop) const;

  TokenGrant grant_;
  http::HttpTransport& transport_;
  Clock& clock_;
  std::mutex mutex_;
  std::optional<Cached> cached_;
};

/// Whether the text can stand in an Authorization header: visible ASCII, not empty.
[[nodiscard]] bool is_header_token(std::string_view text);

}  // namespace syncwright::graph_read
