#include "apply/application_run.h"

namespace syncwright::apply {

ApplicationRun::ApplicationRun(const ApplyRun& whole, const model::DesiredApplication& application)
    : apply(whole),
      desired(application),
      session_(whole.journal,
               {whole.world.clock, whole.options.youth, whole.options.wait_deadline, whole.stop,
                [this](const std::string& what, Milliseconds elapsed, Milliseconds limit) {
                  if (change_ == nullptr) return;
                  apply.world.listener.waiting(*change_, what, elapsed, limit);
                }},
               whole.hard_stop) {}

bool ApplicationRun::is_plan_fresh() const {
  return now() - apply.plan.created_at <= kPlanAge;
}

void ApplicationRun::begin(const plan::Change& change) {
  change_ = &change;
  session_.begin(change.id);
}

}  // namespace syncwright::apply
