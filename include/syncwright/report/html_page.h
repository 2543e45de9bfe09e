#pragma once

#include <optional>
#include <string>
#include <vector>

#include "syncwright/core/clock.h"
#include "syncwright/report/formats.h"
#include "syncwright/report/status_text.h"

namespace syncwright::report {

// What the page of `--report html=FILE` shows, as values: a result told for somebody who looks at
// it. page_inputs.h makes it from what a command found. Every text is foreign: it is escaped where
// it is written, and only there.

/// How an application fares. The worst comes first: cards are in this order.
enum class PageState {
  quarantined,  ///< a job is in quarantine
  failed,       ///< a cycle, a change or a test failed
  refused,      ///< a change is refused or held, or left out of an apply for a refused one
  unread,       ///< its live state is not known
  unfinished,   ///< an apply did not come to the end of it, and nothing failed
  not_begun,    ///< the same, and nothing of it was done
  differs,      ///< tenant and manifest differ
  attention,    ///< nothing differs, and something is to be known
  applied,      ///< every change was carried out
  in_step,
};

/// How a target attribute gets its value. Empty texts are not said.
struct PageFlow {
  /// As the portal calls it; `unmanaged`: the manifest leaves the source as it is live.
  enum class Kind { direct, expression, constant, none, unmanaged };
  Kind kind = Kind::unmanaged;
  std::string expression;            ///< or the constant's text
  std::vector<std::string> sources;  ///< the attributes that the expression reads, each once
  std::string when;                  ///< flowType and flowBehavior, where they are not the default
  std::string matching;              ///< matchingPriority, where people are matched by it
  std::string default_value;
  bool operator==(const PageFlow&) const = default;
};

/// What a case of a MappingTest writes to an attribute.
struct PageSample {
  std::string of;  ///< the case
  std::string value;
  bool operator==(const PageSample&) const = default;
};

/// One row of a mapping table. Of an unchanged one `after` alone is there; of one that comes,
/// `before` is not, of one that goes, `after` is not.
struct PageMapping {
  std::string target;
  bool changed = false;
  bool unknown_before = false;  ///< of a schema that cannot be read yet
  std::optional<PageFlow> before;
  std::optional<PageFlow> after;
  std::vector<PageSample> samples;
};

/// A value that changes; an empty text is "none".
struct PageField {
  std::string name;
  std::string before;
  std::string after;
};

/// Who edited something in the tenant.
struct PageEdit {
  std::string by;
  std::string at;  ///< RFC 3339
  std::string what;
  bool ours = false;
  bool schema = false;   ///< an edit of mappings or scope
  bool outside = false;  ///< of nothing that the manifests manage
};

/// The attribute mappings of one object mapping.
struct PageObjectMapping {
  std::string job;
  std::string rule;    ///< empty: whichever
  std::string source;  ///< "User"
  std::string target;  ///< empty: whichever
  std::vector<PageMapping> mappings;
};

/// One step of a plan, in its order.
struct PageStep {
  enum class State { planned, refused, held, done, failed, stale, skipped, unknown };
  std::string type;  ///< "schema.put": the column of the plan's picture
  char sign = '~';
  std::string title;
  std::string reason;
  std::string place;    ///< of the manifest
  std::string cause;    ///< of drift: "edited in the tenant"
  std::string risk;     ///< "deprovision"; empty: none
  std::string outcome;  ///< what was made, or why it was refused, failed or skipped
  std::string advice;
  State state = State::planned;
  std::vector<PageField> fields;  ///< without attribute mappings: those are rows of the tables
};

/// One case of a MappingTest.
struct PageCase {
  std::string test;
  std::string name;
  std::string place;
  std::vector<std::string> faults;  ///< empty: passed
  std::vector<std::string> warnings;
};

/// One card.
struct PageApplication {
  std::string name;
  std::string display_name;  ///< empty: as `name`
  std::string gallery;
  PageState state = PageState::in_step;
  std::string word;                ///< "will be updated"
  std::vector<std::string> notes;  ///< a sentence each: health, why it cannot be read
  std::vector<StatusRow> jobs;
  std::vector<PageStep> steps;
  std::vector<PageObjectMapping> mappings;
  std::vector<PageEdit> edits;
  std::vector<PageCase> cases;
};

/// What is to be known of the whole beside its applications.
struct PageNotice {
  PageState state = PageState::attention;
  std::string text;
  std::string advice;
};

struct PageInput {
  std::string command;  ///< "plan"
  std::string project;
  std::string environment;  ///< empty without environments
  std::string tenant;       ///< empty: not known, or not asked
  Instant now;              ///< when it was made; ages are seen from here
  Provenance provenance;
  PageState state = PageState::in_step;  ///< of the verdict
  std::string verdict;                   ///< "2 of 3 applications drifted"
  std::string summary;                   ///< a sentence
  bool complete = true;                  ///< everything was read
  std::string reading;                   ///< a sentence: what was read, and what was not
  std::string tables;                    ///< a sentence: which rows the mapping tables have
  std::vector<PageNotice> notices;
  std::vector<PageApplication> applications;  ///< in any order
};

/// One HTML document (docs/html-report.md): no request to anywhere, style and script inside and
/// allowed by their hashes, the data once more as JSON that nothing runs. What it says is there
/// without the script. Equal input gives equal bytes.
[[nodiscard]] std::string html_page(const PageInput& input);

}  // namespace syncwright::report
