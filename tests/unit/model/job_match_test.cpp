#include "syncwright/model/job_match.h"

#include <doctest/doctest.h>

using namespace syncwright;
using namespace syncwright::model;

namespace {

LiveJob live(std::string id, std::string template_id) {
  LiveJob job;
  job.id = std::move(id);
  job.template_id = std::move(template_id);
  return job;
}

DesiredJob wanted(std::string key) {
  DesiredJob job;
  job.key = std::move(key);
  return job;
}

std::string matched(const DesiredJob& desired, const std::vector<LiveJob>& jobs,
                    const std::vector<std::string>& template_ids = {},
                    const std::vector<DesiredJob>& entries = {}) {
  const JobMatch match = match_job(desired, entries, jobs, template_ids);
  if (match.job != nullptr) return match.job->id;
  std::string text = "none";
  for (const std::string& id : match.candidates) text += " " + id;
  return text;
}

}  // namespace

TEST_CASE("no job matches nothing") {
  CHECK(matched(wanted("default"), {}) == "none");
}

TEST_CASE("key default takes the only job whatever its template") {
  CHECK(matched(wanted("default"), {live("odd.1", "odd")}) == "odd.1");
}

TEST_CASE("key default among several jobs follows the default template") {
  const std::vector<LiveJob> jobs = {live("hash.1", "hash"), live("sync.1", "sync")};
  CHECK(needs_template_ids(wanted("default"), {}, jobs));
  CHECK(matched(wanted("default"), jobs, {"sync", "hash"}) == "sync.1");
  CHECK(matched(wanted("default"), jobs) == "none hash.1 sync.1");
  CHECK(matched(wanted("default"), jobs, {"other", "sync", "hash"}) == "none");
}

TEST_CASE("key default leaves the only job to the entry that names it") {
  const std::vector<LiveJob> jobs = {live("hash.1", "hash")};
  std::vector<DesiredJob> entries = {wanted("default"), wanted("hash")};
  CHECK(needs_template_ids(wanted("default"), entries, jobs));
  CHECK(matched(wanted("default"), jobs, {"sync", "hash"}, entries) == "none");
  CHECK(matched(wanted("default"), jobs, {"hash", "sync"}, entries) == "hash.1");
  CHECK(matched(wanted("hash"), jobs, {"sync", "hash"}, entries) == "hash.1");
  entries[1] = wanted("nightly");
  entries[1].job_id = "hash.1";
  CHECK(matched(wanted("default"), jobs, {"sync", "hash"}, entries) == "none");
  entries[1].job_id = "hash.2";
  CHECK_FALSE(needs_template_ids(wanted("default"), entries, jobs));
  CHECK(matched(wanted("default"), jobs, {}, entries) == "hash.1");
}

TEST_CASE("jobs of no listed template are left to the reader of the plan") {
  const std::vector<LiveJob> jobs = {live("b.1", "b"), live("a.1", "a")};
  CHECK(matched(wanted("default"), jobs, {"sync"}) == "none a.1 b.1");
}

TEST_CASE("another key is a template id, and equal ids go before equal prefixes") {
  const std::vector<LiveJob> jobs = {live("aws.1", "renamed"), live("x.1", "aws")};
  CHECK(matched(wanted("aws"), jobs) == "x.1");
  CHECK_FALSE(needs_template_ids(wanted("aws"), {}, jobs));
  CHECK(matched(wanted("aws"), {live("aws.1", "renamed"), live("y.1", "y")}) == "aws.1");
  CHECK(matched(wanted("box"), jobs) == "none");
}

TEST_CASE("two jobs of one template are ambiguous") {
  CHECK(matched(wanted("aws"), {live("aws.2", "aws"), live("aws.1", "aws")}) == "none aws.1 aws.2");
}

TEST_CASE("template: and id: overrule the key") {
  const std::vector<LiveJob> jobs = {live("aws.1", "aws"), live("box.1", "box")};
  DesiredJob by_template = wanted("default");
  by_template.template_id = "box";
  CHECK(matched(by_template, jobs) == "box.1");
  DesiredJob by_id = wanted("nightly");
  by_id.job_id = "aws.1";
  CHECK(matched(by_id, jobs) == "aws.1");
  by_id.job_id = "gone.1";
  CHECK(matched(by_id, jobs) == "none aws.1 box.1");
}

TEST_CASE("the template of a new job") {
  CHECK(template_of(wanted("default"), {"sync", "hash"}) == "sync");
  CHECK(template_of(wanted("default"), {}).empty());
  CHECK(template_of(wanted("hash"), {"sync"}) == "hash");
}
