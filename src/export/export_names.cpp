#include "export/export_names.h"

#include <cstdint>
#include <map>

#include "syncwright/core/text.h"
#include "syncwright/manifest/loader.h"
#include "syncwright/model/desired.h"

namespace syncwright::exporting {
namespace {

constexpr std::size_t kLongest = 63;

/// U+00C0 to U+017F without their accents; '-' where there is no such letter.
constexpr std::string_view kLatin =
    "aaaaaaaceeeeiiiidnooooo-ouuuuytsaaaaaaaceeeeiiiidnooooo-ouuuuyty"
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll"
    "lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
static_assert(kLatin.size() == 0x180 - 0xC0);

/// The character as a name has it, '-' for everything that a name does not have.
char name_character(std::uint32_t point) {
  if (point >= 'A' && point <= 'Z') return static_cast<char>(point + 32);
  if ((point >= 'a' && point <= 'z') || (point >= '0' && point <= '9')) {
    return static_cast<char>(point);
  }
  return point >= 0xC0 && point < 0x180 ? kLatin[point - 0xC0] : '-';
}

std::string cut_final_hyphens(std::string text) {
  while (text.ends_with('-')) text.pop_back();
  return text;
}

/// `slug` with a suffix, cut to what a name may be long.
std::string append_suffix(const std::string& slug, const std::string& suffix) {
  if (suffix.empty()) return slug;
  const std::string head = cut_final_hyphens(slug.substr(0, kLongest - 1 - suffix.size()));
  return head.empty() ? suffix : head + "-" + suffix;
}

}  // namespace

std::string slug_of(std::string_view text) {
  std::string slug;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode_utf8(text.substr(at));
    const char c = point.valid ? name_character(point.value) : '-';
    if (c != '-' || (!slug.empty() && !slug.ends_with('-'))) slug += c;
    at += point.length;
  }
  return cut_final_hyphens(slug.substr(0, kLongest));
}

std::vector<std::string> name_all(const std::vector<NameRequest>& requests,
                                  std::set<std::string> taken) {
  std::map<std::string, std::size_t> count;
  std::vector<std::string> slugs;
  std::vector<bool> keeps_name;  // of several with one name in their tags, the first
  std::set<std::string> kept;
  for (const NameRequest& request : requests) {
    std::string slug = slug_of(request.text);
    slugs.push_back(slug.empty() ? "application" : std::move(slug));
    keeps_name.push_back(model::is_manifest_name(request.fixed) &&
                         kept.insert(request.fixed).second);
    if (keeps_name.back()) taken.insert(request.fixed);
    if (!keeps_name.back()) ++count[slugs.back()];
  }
  std::vector<std::string> names;
  for (std::size_t index = 0; index < requests.size(); ++index) {
    const NameRequest& request = requests[index];
    if (keeps_name[index]) {
      names.push_back(request.fixed);
      continue;
    }
    const std::string& slug = slugs[index];
    const bool alone = count[slug] == 1 && !taken.contains(slug);
    std::string name = alone ? slug : append_suffix(slug, request.id.substr(0, 8));
    if (!alone && taken.contains(name)) name = append_suffix(slug, request.id);
    for (std::size_t next = 2; taken.contains(name); ++next) {
      name = append_suffix(slug, std::to_string(next));
    }
    taken.insert(name);
    names.push_back(std::move(name));
  }
  return names;
}

std::string manifest_file_of(const std::string& name) {
  std::string file = name + ".yaml";
  return file == manifest::kProjectFile ? name + ".application.yaml" : file;
}

}  // namespace syncwright::exporting
