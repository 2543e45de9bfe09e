#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <variant>
#include <vector>

#include "syncwright/core/json.h"
#include "syncwright/schema/customization.h"
#include "syncwright/schema/vocabulary.h"

/// One row per managed property (docs/architecture.md#decision-14). What a plan file holds, what
/// two requests contradict each other in, the words of a difference, export, the decoder of
/// manifests and the test of the JSON Schema all loop over these tables, and none of them names a
/// property. A new one is a member of the request and a row here; a member without a row does not
/// compile.

namespace syncwright::schema {

/// A constant of a row: a text is written as a literal, nullptr being null. What Graph has in the
/// place of a list or a filter, the code for those types knows.
template <class Value>
using RowConstant =
    std::conditional_t<std::is_same_v<Value, std::string>, const char*,
                       std::conditional_t<std::is_arithmetic_v<Value>, Value, std::monostate>>;

/// A property that is left out where it is not managed. Its key in manifests, in plan files and in
/// Graph's documents is one word.
template <class Request, class Value>
struct ManagedMember {
  const char* name;
  Managed<Value> Request::* value;
  RowConstant<Value> standard{};      ///< of a document without it (docs/graph.md#10.1)
  const Words& (*words)() = nullptr;  ///< a closed set; nullptr: any text
  bool is_always_said = false;        ///< also where it has the standard value

  using value_type = Value;
  static constexpr std::size_t covers = 1;  ///< members of the struct
};

template <class Request, class Member, class... Rest>
ManagedMember(const char*, Member Request::*, Rest...)
    -> ManagedMember<Request, typename Member::value_type>;

template <class Request, class Value>
[[nodiscard]] Json standard_of(const ManagedMember<Request, Value>& row) {
  if constexpr (std::is_same_v<Value, std::string>) {
    return row.standard == nullptr ? Json(nullptr) : Json(row.standard);
  } else {
    return row.standard;
  }
}

/// A text that may also have to be null: `NAME: {absent: true}`.
template <class Request>
struct NullableText {
  const char* name;
  Managed<std::string> Request::* value;
  bool Request::* is_null;

  using value_type = std::string;
  static constexpr std::size_t covers = 2;
};

/// Where a value comes from: in manifests and differences under one of the keys `expression`,
/// `constant` and `source`, in Graph's documents a tree under `source`.
template <class Request>
struct SourceMember {
  const char* name;
  std::optional<MappingSource> Request::* value;
  ExpressionText Request::* text;  ///< that it was parsed from

  using value_type = MappingSource;
  static constexpr std::size_t covers = 2;
};

template <class Request>
[[nodiscard]] Json standard_of(const NullableText<Request>&) {
  return nullptr;
}

template <class Request>
[[nodiscard]] Json standard_of(const SourceMember<Request>&) {
  return nullptr;
}

/// The table of a request, in the order in which manifests say it.
template <class Request>
inline constexpr auto kMembers = std::tuple();

template <>
inline constexpr auto kMembers<AttributeDefinitionRequest> = std::tuple{
    ManagedMember{"type", &AttributeDefinitionRequest::type, "String", attribute_types, true},
    ManagedMember{"anchor", &AttributeDefinitionRequest::anchor},
    ManagedMember{"caseExact", &AttributeDefinitionRequest::case_exact},
    ManagedMember{"multivalued", &AttributeDefinitionRequest::multivalued},
    ManagedMember{"required", &AttributeDefinitionRequest::required},
    ManagedMember{"flowNullValues", &AttributeDefinitionRequest::flow_null_values},
    ManagedMember{"mutability", &AttributeDefinitionRequest::mutability, "ReadWrite", mutabilities},
    ManagedMember{"defaultValue", &AttributeDefinitionRequest::default_value},
};

template <>
inline constexpr auto kMembers<AttributeMappingRequest> = std::tuple{
    SourceMember{"source", &AttributeMappingRequest::source, &AttributeMappingRequest::source_text},
    ManagedMember{"matchingPriority", &AttributeMappingRequest::matching_priority},
    ManagedMember{"flowType", &AttributeMappingRequest::flow_type, "Always", flow_types},
    ManagedMember{"flowBehavior", &AttributeMappingRequest::flow_behavior, "FlowWhenChanged",
                  flow_behaviors},
    NullableText{"defaultValue", &AttributeMappingRequest::default_value,
                 &AttributeMappingRequest::default_value_absent},
};

template <>
inline constexpr auto kMembers<ObjectMappingRequest> = std::tuple{
    ManagedMember{"enabled", &ObjectMappingRequest::enabled, true},
    ManagedMember{"flowTypes", &ObjectMappingRequest::flow_types, std::monostate(),
                  object_flow_types},
    ManagedMember{"scopingFilter", &ObjectMappingRequest::scoping_filter},  // Graph's `scope`
};

/// `visit(row)` for each row; rows have several types, so that it is generic or overloaded.
template <class Request, class Visit>
constexpr void for_each_member(Visit&& visit) {
  std::apply([&visit](const auto&... rows) { (visit(rows), ...); }, kMembers<Request>);
}

namespace row_count {

struct Anything {
  template <class T>
  operator T() const;  // NOLINT(google-explicit-constructor): stands for any member
};

template <class Aggregate, class... Members>
consteval std::size_t members_of() {
  if constexpr (requires { Aggregate{Members{}..., Anything{}}; }) {
    return members_of<Aggregate, Members..., Anything>();
  } else {
    return sizeof...(Members);
  }
}

template <class Request>
consteval std::size_t count_members() {
  return std::apply([](const auto&... rows) { return (rows.covers + ... + 0U); },
                    kMembers<Request>);
}

}  // namespace row_count

/// Whether each member of the struct has a row, but for `others`: those that say what is meant.
template <class Request>
consteval bool has_all_rows(std::size_t others) {
  return row_count::members_of<Request>() == row_count::count_members<Request>() + others;
}

static_assert(has_all_rows<AttributeDefinitionRequest>(7),
              "all but directory, rule, object, target_of, name, absent and where");

static_assert(has_all_rows<ObjectMappingRequest>(5),
              "all but object, target, rule, attributes and where");
static_assert(has_all_rows<AttributeMappingRequest>(3),
              "all but target_attribute_name, absent and where");

}  // namespace syncwright::schema
