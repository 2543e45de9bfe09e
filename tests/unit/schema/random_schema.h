#pragma once

#include <cstdint>
#include <random>
#include <string>

#include "syncwright/core/json.h"
#include "syncwright/schema/customization.h"

namespace syncwright::schema {

/// Synchronization schemas and customizations of them, drawn from one seed. Names come from small
/// pools, so that requests hit what is there.
class RandomSchema {
 public:
  explicit RandomSchema(std::uint32_t seed) : engine_(seed) {}

  /// `duplicates`: names of objects and targets of mappings may repeat.
  [[nodiscard]] Json document(bool duplicates);

  /// The document as text: white space, order of members and escapes are random, members that no
  /// specification knows are strewn in.
  [[nodiscard]] std::string text(const Json& document);

  /// The same meaning in another order: lists that are sets are shuffled, defaults come and go.
  [[nodiscard]] Json reordered(Json document);

  /// Requests for parts of the document, and now and then for parts that it does not have.
  [[nodiscard]] Customization customization(const Json& document);

 private:
  std::size_t below(std::size_t bound) { return engine_() % bound; }
  bool one_in(std::size_t n) { return below(n) == 0; }
  template <class Pool>
  auto pick(const Pool& pool) {
    return pool[below(pool.size())];
  }

  Json objects(bool duplicates);
  Json definition(const std::string& name);
  Json object_mapping(const std::string& source, const std::string& target, bool duplicates);
  Json attribute_mapping(const std::string& target);
  Json source();
  Json scope();
  std::vector<std::string> names(bool duplicates);

  std::string expression();
  FilterGroup filter_group();
  AttributeMappingRequest mapping_request(const std::string& target);
  AttributeDefinitionRequest definition_request(const Json& directory, const Json& object);

  std::string blanks();
  std::string quoted(const std::string& text);
  void print(const Json& value, std::string& out);
  void shuffle(Json& list);

  std::mt19937 engine_;
};

}  // namespace syncwright::schema
