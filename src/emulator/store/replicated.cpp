#include "emulator/store/replicated.h"

#include <algorithm>
#include <utility>

#include "emulator/store/state_values.h"
#include "syncwright/core/ascii.h"

namespace syncwright::emulator {

namespace {

std::string name_key(std::string_view name) {
  return row_key("displayName", ascii::lower(name));
}

RowKeys directory_keys(const Replicated& object) {
  RowKeys keys{row_key("appId", string_or(object.value(), "appId"))};
  for (const std::string& name : object.names()) keys.push_back(name_key(name));
  return keys;
}

}  // namespace

Replicated::Replicated(Json value, Instant created) : created_(created) {
  versions_.push_back({created, std::move(value)});
}

const Json* Replicated::by_id(Instant now, Milliseconds delay) const {
  if (created_ + delay > now) return nullptr;
  if (deleted_ && *deleted_ + delay <= now) return nullptr;
  return &value();
}

const Json* Replicated::in_list(Instant now, Milliseconds delay) const {
  const Milliseconds lag = 2 * delay;
  if (created_ + lag > now) return nullptr;
  if (deleted_ && *deleted_ + lag <= now) return nullptr;
  const Json* seen = nullptr;
  for (const Version& version : versions_) {
    if (version.since + lag <= now) seen = &version.value;
  }
  return seen;
}

void Replicated::change(Json value, Instant now, Milliseconds delay) {
  versions_.push_back({now, std::move(value)});
  const auto outdated = [&](std::size_t index) {
    return versions_[index + 1].since + 2 * delay <= now;
  };
  while (versions_.size() > 1 && outdated(0)) versions_.erase(versions_.begin());
}

void Replicated::restore(Instant now) {
  created_ = now;
  deleted_.reset();
}

std::vector<std::string> Replicated::names() const {
  std::vector<std::string> names;
  names.reserve(versions_.size());
  for (const Version& version : versions_) names.push_back(string_or(version.value, "displayName"));
  return names;
}

Json Replicated::to_json() const {
  Json versions = Json::array();
  for (const Version& version : versions_) {
    versions.push_back({{"since", to_state(version.since)}, {"value", version.value}});
  }
  return {{"created", to_state(created_)},
          {"deleted", to_state(deleted_)},
          {"versions", std::move(versions)}};
}

std::optional<Replicated> Replicated::from_json(const Json& state) {
  Instant created;
  const Json& versions = member_or_null(state, "versions");
  if (!read_time(state, "created", created)) return std::nullopt;
  if (!versions.is_array() || versions.empty()) return std::nullopt;
  Replicated object(Json(), created);
  object.versions_.clear();
  for (const Json& version : versions) {
    Instant since;
    const Json& value = member_or_null(version, "value");
    if (!read_time(version, "since", since)) return std::nullopt;
    if (string_or(value, "id").empty()) return std::nullopt;
    object.versions_.push_back({since, value});
  }
  if (!read_time(state, "deleted", object.deleted_)) return std::nullopt;
  return object;
}

Collection::Collection() : Table(directory_keys) {}

const Replicated& Collection::add(Json value, Instant created) {
  const std::string id = string_or(value, "id");
  return add(id, Replicated(std::move(value), created));
}

std::vector<const Json*> Collection::listed(Instant now, Milliseconds delay) const {
  std::vector<const Json*> values;
  for (const Replicated& object : *this) {
    if (const Json* value = object.in_list(now, delay)) values.push_back(value);
  }
  return values;
}

std::vector<const Json*> Collection::listed(Instant now, Milliseconds delay,
                                            const std::vector<AskedName>& names) const {
  std::vector<KeyPattern> patterns;
  patterns.reserve(names.size());
  for (const AskedName& name : names) patterns.push_back({name_key(name.text), name.is_beginning});
  std::vector<const Json*> values;
  for (const Replicated* object : fitting(patterns)) {
    if (const Json* value = object->in_list(now, delay)) values.push_back(value);
  }
  return values;
}

}  // namespace syncwright::emulator
