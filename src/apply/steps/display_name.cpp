#include "apply/steps/display_name.h"

#include "apply/read_back.h"
#include "syncwright/apply/write_confirmed.h"

namespace syncwright {

namespace {

Result<LiveReference> read_application(ApplicationRun& run) {
  return settle<LiveReference>(run.patience(), run.subject("the application to be readable"), [&] {
    return run.reader().application(run.reference.application_id, run.in_flight());
  });
}

Result<void> confirm_name(ApplicationRun& run, const Error* lost) {
  return settle_read_back(
      run, run.read_back("the application to show its name"), lost,
      [&]() -> Result<std::optional<bool>> {
        const auto read = run.reader().application(run.reference.application_id, run.in_flight());
        if (!read) return fail(read.error());
        const bool shown = *read && (*read)->display_name == run.desired.display_name;
        return shown ? std::optional(true) : std::nullopt;
      });
}

}  // namespace

Result<bool> needs_name(ApplicationRun& run, const std::string& seen) {
  const auto application = read_application(run);
  if (!application) return fail(application.error());
  if (application->display_name == run.desired.display_name) return false;
  if (application->display_name == seen) return true;
  return fail(ErrorKind::stale, "the application was renamed since the plan was made",
              "Plan again.");
}

Result<void> follow_display_name(ApplicationRun& run, const std::string& seen) {
  if (run.reference.application_id.empty() || seen == run.desired.display_name) return {};
  const auto renamed = write_from_read(
      run, {"application.rename", run.subject("the application to accept its name"),
            [&] { return needs_name(run, seen); },
            [&](std::stop_token stop) {
              return run.writer().rename_application(run.reference.application_id,
                                                     run.desired.display_name, std::move(stop));
            }});
  if (renamed && !*renamed) return {};
  if (!renamed && !run.in_doubt()) return fail(renamed.error());
  return confirm_name(run, renamed ? nullptr : &renamed.error());
}

}  // namespace syncwright
