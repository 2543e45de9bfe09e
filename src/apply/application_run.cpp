#include "apply/application_run.h"

namespace syncwright::apply {

ApplicationRun::Doors::Doors(const ApplyWorld& world)
    : ahead(world.graph),
      connection(world.graph, ahead),
      reader(connection),
      writer(connection),
      credentials(connection) {}

ApplicationRun::ApplicationRun(const ApplyRun& whole, const model::DesiredApplication& application)
    : apply(whole),
      desired(application),
      graph_(std::make_unique<Doors>(whole.world)),
      session_(whole.journal,
               {whole.world.clock, whole.options.youth, whole.options.wait_deadline, whole.stop,
                [this](const std::string& what, Milliseconds elapsed, Milliseconds limit) {
                  if (change_ == nullptr) return;
                  apply.world.listener.waiting(*change_, what, elapsed, limit);
                }},
               whole.hard_stop, &graph_->ahead) {}

bool ApplicationRun::is_plan_fresh() const {
  return now() - apply.plan.created_at <= kPlanAge;
}

bool ApplicationRun::is_name_free() const {
  return is_plan_fresh() && change_ != nullptr && change_->name_is_free;
}

void ApplicationRun::begin(const plan::Change& change, const plan::Change* after) {
  change_ = &change;
  next_ = after;
  session_.begin(change.id());
}

}  // namespace syncwright::apply
