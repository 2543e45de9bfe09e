#pragma once

#include <string_view>

#include "emulator/exchange.h"

namespace syncwright::emulator {

/// The refusals of the token endpoint, by the number that the service gives them
/// (docs/graph.md#2.1). What is said of each stands in the table of aadsts.cpp.
enum class Aadsts : int {
  invalid_assertion = 50013,
  malformed_assertion = 50027,
  disabled_user = 50057,
  wrong_password = 50126,
  unsupported_grant = 70003,
  no_federated_credential = 70025,
  unknown_tenant = 90002,
  malformed_tenant = 900023,
  missing_parameter = 900144,
  not_a_post = 900561,
  deleted_application = 700016,
  assertion_of_another_client = 700021,
  assertion_for_another_endpoint = 700023,
  assertion_out_of_time = 700024,
  wrong_signature = 700027,
  unknown_issuer = 700211,
  unknown_audience = 700212,
  unknown_subject = 700213,
  disabled_application = 7000112,
  wrong_secret = 7000215,
  no_credential = 7000216,
  expired_secret = 7000222,
  no_service_principal = 7000229,
  scope_without_default = 1002012,
};

/// The answer that refuses so; `first` and `second` fill the gaps of the row's text.
[[nodiscard]] Reply refuse(Aadsts number, Instant now, std::string_view first = {},
                           std::string_view second = {});

}  // namespace syncwright::emulator
