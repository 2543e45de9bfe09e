#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "syncwright/manifest/yaml_document.h"

namespace syncwright {

/// What a scalar is by YAML 1.2's core schema: a plain `yes` or 2026-11-22 is a text, `1e3` a
/// number.
enum class ScalarType { text, boolean, integer, number };

/// Quoted scalars and variables are texts.
[[nodiscard]] ScalarType core_type(const YamlNode& scalar);

/// Whether a plain text of YAML 1.2 is a boolean, date, number or sexagesimal for the many programs
/// that read YAML 1.1: worth a warning (SW0109).
[[nodiscard]] bool differs_in_yaml_1_1(const YamlNode& scalar);

/// true, True, TRUE, false, False, FALSE.
[[nodiscard]] std::optional<bool> parse_boolean(std::string_view text);
/// Decimal, 0o octal or 0x hexadecimal; nullopt for anything else or more than 64 bits.
[[nodiscard]] std::optional<std::int64_t> parse_integer(std::string_view text);

}  // namespace syncwright
