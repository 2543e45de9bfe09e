#include <doctest/doctest.h>

#include <array>
#include <functional>

#include "sample.h"
#include "syncwright/report/apply_text.h"
#include "unit/manual_clock.h"

using namespace syncwright;
using namespace syncwright::report;
using namespace syncwright::report::test;

namespace {

/// What a progress of `total` changes writes while `story` is told.
std::string written(ProgressForm form, int width, std::size_t total,
                    const std::function<void(plan::ApplyListener&, ManualClock&)>& story) {
  std::FILE* file = std::tmpfile();
  REQUIRE(file != nullptr);
  ManualClock clock;
  Style style;
  style.width = width;
  plan::Plan plan;
  for (std::size_t i = 0; i < total; ++i) plan.changes.push_back({});
  {
    const auto progress = make_progress(file, style, form, clock, plan);
    story(*progress, clock);
  }
  REQUIRE(std::fseek(file, 0, SEEK_SET) == 0);
  std::string text;
  std::array<char, 4096> buffer{};
  for (std::size_t read = 0; (read = std::fread(buffer.data(), 1, buffer.size(), file)) > 0;) {
    text.append(buffer.data(), read);
  }
  REQUIRE(std::fclose(file) == 0);
  return text;
}

void tell(plan::ApplyListener& listener, ManualClock& clock) {
  const plan::Change create = change(plan::ChangeType::application_instantiate, "sf");
  const plan::Change start = change(plan::ChangeType::job_start, "aws/jobs/default/start");
  listener.started(create);
  clock.advance(Milliseconds{100});
  listener.started(start);
  listener.waiting(create, "service principal to be readable", Milliseconds{2500},
                   Milliseconds{600'000});
  listener.finished(report::test::outcome(plan::ChangeType::application_instantiate, "sf",
                                          plan::OutcomeState::done, "service principal 5b0d",
                                          Milliseconds{3200}));
  plan::ChangeOutcome failed = outcome(plan::ChangeType::job_start, "aws/jobs/default/start",
                                       plan::OutcomeState::failed, "", Milliseconds{40});
  failed.error = Error{ErrorKind::rejected, "no\nway", "", 400, "BadRequest", ""};
  listener.finished(failed);
  listener.finished(outcome(plan::ChangeType::job_create, "aws/jobs/default",
                            plan::OutcomeState::skipped, "interrupted", {}));
}

const std::string first_line =
    "[ 1/11] done     sf  create application  3.2 s  service principal 5b0d\n";
const std::string second_line =
    "[ 2/11] failed   aws  start job default  40 ms  no\\nway (400 BadRequest)\n";

}  // namespace

TEST_CASE("a pipe gets one line for each change that was begun, and none for what was skipped") {
  CHECK(written(ProgressForm::lines, 100, 11, tell) == first_line + second_line);
}

TEST_CASE("a pipe hears of a long wait once, for what and how long at the most") {
  CHECK(written(ProgressForm::lines, 100, 11,
                [](plan::ApplyListener& listener, ManualClock&) {
                  const plan::Change save =
                      change(plan::ChangeType::credentials_save, "aws/credentials");
                  for (const int seconds : {1, 4, 6, 11, 16}) {
                    listener.waiting(save, "all secrets to be listed", Milliseconds{seconds * 1000},
                                     Milliseconds{600'000});
                  }
                  listener.waiting(save, "something\nelse", Milliseconds{5000},
                                   Milliseconds{30'000});
                }) ==
        "[ 0/11] waiting  aws  save settings  for all secrets to be listed, 10 min 00 s at the "
        "most\n"
        "[ 0/11] waiting  aws  save settings  for something\\nelse, 30.0 s at the most\n");
}

TEST_CASE("a terminal has a status line below, that is written anew in place and gone at the end") {
  const std::string clear = "\r\x1b[K";
  CHECK(written(ProgressForm::live, 95, 11, tell) ==
        clear + "[ 0/11] sf: create application" +                  //
            clear + "[ 0/11] sf: create application, and 1 more" +  //
            clear +
            "[ 0/11] sf: create application, waiting for service principal to be reada… (2.5 s), "
            "and 1 more" +
            clear + first_line + clear + "[ 1/11] aws: start job default" +  //
            clear + second_line + clear + clear + clear + clear);
}

TEST_CASE("a narrow terminal keeps how long a wait takes already") {
  const auto wait = [](plan::ApplyListener& listener, ManualClock& clock) {
    const plan::Change create = change(plan::ChangeType::application_instantiate, "sf");
    listener.started(create);
    clock.advance(Milliseconds{100});
    listener.started(change(plan::ChangeType::application_instantiate, "aws"));
    listener.waiting(create, "service principal to be readable", Milliseconds{2500},
                     Milliseconds{600'000});
  };
  const std::string clear = "\r\x1b[K";
  CHECK(written(ProgressForm::live, 60, 2, wait) ==
        clear + "[0/2] sf: create application" + clear +
            "[0/2] sf: create application, and 1 more" + clear +
            "[0/2] sf: create application, waiting … (2.5 s), and 1 more" + clear);
  CHECK(written(ProgressForm::live, 32, 2, wait)
            .ends_with(clear + "[0/2] sf: create appli… (2.5 s)" + clear));
}

TEST_CASE("a change is called as in the plan: a group by its name") {
  plan::Plan plan;
  plan.changes = {change(plan::ChangeType::assignment_add, "sf/assignments/group:g-1/User")};
  plan.changes[0].payload = plan::AssignmentPayload{"group", "", ""};
  plan.changes[0].fields = {{"principal", nullptr, "Sales"}, {"role", nullptr, "User"}};
  std::FILE* file = std::tmpfile();
  REQUIRE(file != nullptr);
  ManualClock clock;
  make_progress(file, {}, ProgressForm::lines, clock, plan)
      ->finished(outcome(plan.changes[0], plan::OutcomeState::done, "", Milliseconds{20}));
  REQUIRE(std::fseek(file, 0, SEEK_SET) == 0);
  std::array<char, 200> line{};
  REQUIRE(std::fgets(line.data(), static_cast<int>(line.size()), file) != nullptr);
  CHECK(std::string(line.data()) == "[1/1] done     sf  assign group Sales as User  20 ms\n");
  REQUIRE(std::fclose(file) == 0);
}

TEST_CASE("the status line says how long the longest change has been running") {
  const std::string text =
      written(ProgressForm::live, 100, 2, [](plan::ApplyListener& listener, ManualClock& clock) {
        listener.started(change(plan::ChangeType::application_instantiate, "sf"));
        clock.advance(Milliseconds{125'000});
        listener.started(change(plan::ChangeType::application_instantiate, "aws"));
      });
  CHECK(text.find("[0/2] sf: create application (2 min 05 s), and 1 more") != std::string::npos);
}

TEST_CASE("a log collector gets JSON lines") {
  CHECK(
      written(ProgressForm::json, 100, 11,
              [](plan::ApplyListener& listener, ManualClock&) {
                const plan::Change create = change(plan::ChangeType::application_instantiate, "sf");
                listener.started(create);
                listener.waiting(create, "it", Milliseconds{20}, Milliseconds{900});
                listener.finished(report::test::outcome(plan::ChangeType::application_instantiate,
                                                        "sf", plan::OutcomeState::done, "made",
                                                        Milliseconds{30}));
              }) ==
      R"({"change":"sf","event":"started","level":"info","time":"2026-01-01T00:00:00Z"})"
      "\n"
      R"({"change":"sf","elapsedMs":20,"event":"waiting","level":"info","limitMs":900,"message":"it","time":"2026-01-01T00:00:00Z"})"
      "\n"
      R"({"change":"sf","durationMs":30,"event":"finished","level":"info","message":"made","state":"done","time":"2026-01-01T00:00:00Z","writes":0})"
      "\n");
}
