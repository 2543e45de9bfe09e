#include "display_name.h"

#include "read_back.h"

namespace syncwright {

namespace {

Result<void> rename(ApplicationRun& run) {
  const std::string& wanted = run.desired.display_name;
  const auto written = run.settled_write<Written>(
      "application.rename", run.subject("the application to accept its name"),
      [&](std::stop_token stop) {
        return run.writer().rename_application(run.reference.application_id, wanted,
                                               std::move(stop));
      });
  if (!written && !run.in_doubt()) return fail(written.error());
  return settle_read_back(
      run, run.read_back("the application to show its name"), written ? nullptr : &written.error(),
      [&]() -> Result<std::optional<bool>> {
        const auto read = run.reader().application(run.reference.application_id, run.in_flight());
        if (!read) return fail(read.error());
        if (!*read || (*read)->display_name != wanted) return std::optional<bool>();
        return std::optional<bool>(true);
      });
}

}  // namespace

Result<void> follow_display_name(ApplicationRun& run) {
  if (run.reference.application_id.empty()) return {};
  const auto application = settle<LiveReference>(
      run.patience(), run.subject("the application to be readable"),
      [&] { return run.reader().application(run.reference.application_id, run.in_flight()); });
  if (!application) return fail(application.error());
  return application->display_name == run.desired.display_name ? Result<void>() : rename(run);
}

}  // namespace syncwright
