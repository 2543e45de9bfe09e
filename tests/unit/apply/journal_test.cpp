#include "syncwright/apply/journal.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "syncwright/core/file.h"
#include "syncwright/core/secret.h"
#include "unit/manual_clock.h"
#include "unit/temporary_folder.h"
#include "world.h"

namespace syncwright::apply {

TEST_CASE("the journal appends an intent and an outcome as lines, private to the user") {
  const TemporaryFolder folder;
  const ManualClock clock;
  const auto path = folder.path() / "deep" / "journal.jsonl";
  for (int run = 0; run < 2; ++run) {
    const auto journal = Journal::open(path, clock);
    REQUIRE(journal.has_value());
    REQUIRE((*journal)->intent("aws", "application.claim").has_value());
    REQUIRE(
        (*journal)->outcome("aws", "application.claim", {204, "r-1", "done", "", ""}).has_value());
  }
  const std::string lines =
      R"({"change":"aws","kind":"intent","operation":"application.claim","time":"2026-01-01T00:00:00Z"})"
      "\n"
      R"({"change":"aws","kind":"outcome","operation":"application.claim","outcome":"done","requestId":"r-1","status":204,"time":"2026-01-01T00:00:00Z"})"
      "\n";
  CHECK(*read_file(path) == lines + lines);
  struct stat status = {};
  REQUIRE(::stat(path.c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);
}

TEST_CASE("a journal that cannot be opened is an error that names it") {
  const TemporaryFolder folder;
  REQUIRE(write_file_atomically(folder.path() / "file", "").has_value());
  const ManualClock clock;
  const auto journal = Journal::open(folder.path() / "file" / "journal.jsonl", clock);
  REQUIRE_FALSE(journal.has_value());
  CHECK(journal.error().kind == ErrorKind::io);
  CHECK(journal.error().message.find("journal.jsonl") != std::string::npos);
}

TEST_CASE(
    "a journal into a pipe that nobody reads is an error at once, one with a reader is read") {
  const TemporaryFolder folder;
  const ManualClock clock;
  const auto path = folder.path() / "pipe";
  REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
  const auto unread = Journal::open(path, clock);
  REQUIRE_FALSE(unread.has_value());
  CHECK(unread.error().message ==
        "the journal: cannot write " + path.string() + ": nobody reads this pipe");
  CHECK(unread.error().advice == "start its reader first");
  const int reader = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  REQUIRE(reader >= 0);
  const auto journal = Journal::open(path, clock);
  REQUIRE(journal.has_value());
  CHECK((*journal)->intent("aws", "application.claim").has_value());
  std::string line(200, ' ');
  const auto count = ::read(reader, line.data(), line.size());
  REQUIRE(count > 0);
  line.resize(static_cast<std::size_t>(count));
  CHECK(
      line ==
      R"({"change":"aws","kind":"intent","operation":"application.claim","time":"2026-01-01T00:00:00Z"})"
      "\n");
  ::close(reader);
}

TEST_CASE("a secret in a request id does not reach the journal") {
  const TemporaryFolder folder;
  const ManualClock clock;
  const auto path = folder.path() / "journal.jsonl";
  const Secret secret("correct-horse-4711");
  const auto journal = Journal::open(path, clock);
  REQUIRE(journal.has_value());
  REQUIRE((*journal)
              ->outcome("aws", "secrets.put", {204, "of-correct-horse-4711", "done", "", ""})
              .has_value());
  CHECK(
      *read_file(path) ==
      R"json({"change":"aws","kind":"outcome","operation":"secrets.put","outcome":"done","requestId":"of-(secret)","status":204,"time":"2026-01-01T00:00:00Z"})json"
      "\n");
}

TEST_CASE("nothing is sent that cannot be journalled") {
  World world;
  world.options.journal = "/dev/full";
  const auto report = world.plan_and_apply(samples::of(samples::aws()));
  REQUIRE(report.has_value());
  CHECK(report->count(plan::OutcomeState::failed) == 1);
  CHECK(world.faults.writes().empty());
}

TEST_CASE("every write of an apply has both its lines, with the server's request id") {
  World world;
  REQUIRE(world.plan_and_apply(samples::of(samples::aws())).has_value());
  std::vector<std::string> story;
  const std::string text = *read_file(world.options.journal);
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = text.find('\n', begin);
    const Json line = *parse_json(text.substr(begin, end - begin));
    begin = end + 1;
    story.push_back(line["kind"].get<std::string>() + " " + line["operation"].get<std::string>());
    if (line["kind"] == "outcome") {
      CHECK_FALSE(line["requestId"].get<std::string>().empty());
      CHECK(line["outcome"] == "done");
    }
  }
  CHECK(story == std::vector<std::string>{
                     "intent application.instantiate", "outcome application.instantiate",
                     "intent application.claim", "outcome application.claim",
                     "intent servicePrincipal.update", "outcome servicePrincipal.update",
                     "intent job.create", "outcome job.create", "intent credentials.validate",
                     "outcome credentials.validate", "intent secrets.put", "outcome secrets.put",
                     "intent job.start", "outcome job.start", "intent servicePrincipal.update",
                     "outcome servicePrincipal.update"});
}

}  // namespace syncwright::apply
