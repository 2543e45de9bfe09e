#include "apply/steps/unique_name.h"

#include <fmt/format.h>

#include <utility>

#include "apply/steps/location.h"

namespace syncwright::apply {

namespace {

/// The unique name is what makes one application of a manifest's name, whoever runs at the same
/// time: the server lets one holder have it (docs/architecture.md#life-of-an-application).
Result<UniqueName> follow(const ApplicationRun& run, std::string first, ListAge lists) {
  model::UniqueNameChain chain(std::move(first));
  for (;;) {
    auto holder = run.reader().application_by_unique_name(chain.name(), run.in_flight());
    if (!holder) return fail(std::move(holder).error());
    if (*holder) return UniqueName{chain.name(), std::move(*holder)};
    const auto held = run.apply.shared.held_names(lists, run.in_flight());
    if (!held) return fail(held.error());
    const Result<bool> is_held = chain.advance(**held);
    if (!is_held) return fail(is_held.error());
    if (!*is_held) return UniqueName{chain.name(), {}};
  }
}

}  // namespace

Result<UniqueName> follow_unique_name(const ApplicationRun& run, ListAge lists) {
  return follow(run, run.apply.owner.unique_name(run.desired.name), lists);
}

Result<UniqueName> follow_unique_name(const ApplicationRun& run, std::string name) {
  return follow(run, std::move(name), ListAge::shared);
}

Result<UniqueName> follow_free_name(const ApplicationRun& run) {
  if (!run.is_name_free()) return follow_unique_name(run);
  return UniqueName{run.apply.owner.unique_name(run.desired.name), {}};
}

/// The claim decides which of several applications is the one of a manifest's name
/// (docs/architecture.md#life-of-an-application): the server grants a unique name once. What makes
/// it hard is telling three answers apart that may look alike. A conflict means that somebody holds
/// the name, who may not be seen yet: another live application, to which ours yields, or a deleted
/// one, behind which the chain of names goes on. A refusal of a young object says nothing about the
/// name. And after a lost answer the holder may be ourselves, which the object shows before the
/// lookup by its key does. Taking a conflict for defeat too early would delete the only
/// application; taking our own claim for another's would delete the winner.

namespace {

/// Deletes our own creation, which lost the race, and waits until it is gone.
Result<void> delete_own(ApplicationRun& run) {
  const std::string id = run.reference.application_id;
  // Its claim was refused, so that it was there: a 404 is the echo of a DELETE that was sent twice
  // because its first answer was lost.
  TenantWrite write{"application.delete",
                    run.session().target("our own creation to be deletable", Transient::present)};
  write.send = [&](std::stop_token stop) {
    return run.writer().delete_application(id, std::move(stop));
  };
  write.judge = gone_is_done;
  write.proof = proof_by(
      run.session(), "our own creation to be gone",
      [&] { return run.reader().application(id, run.in_flight()); },
      [](const auto& now) { return !now; });
  const auto deleted = run.write(write);
  return deleted ? Result<void>() : fail(deleted.error());
}

/// From here on the run works on the winner.
Result<void> yield_to(ApplicationRun& run, const model::LiveReference& winner) {
  if (run.made_here) {
    if (auto deleted = delete_own(run); !deleted) {
      return fail(within(deleted.error(),
                         fmt::format("application {} lost the race for its name and stays behind",
                                     run.reference.application_id)));
    }
  }
  return learn(run, winner);
}

/// One claim: the name that is sent, and who has it instead.
class Claim {
 public:
  Claim(ApplicationRun& run, UniqueName name) : run_(run), name_(std::move(name)) {}

  [[nodiscard]] Result<void> carry_out() {
    TenantWrite write{"application.claim",
                      run_.session().read_back("the application to take its unique name"),
                      Resend::after_preparing};
    write.conflict_is_early = true;  // claims take a while to be seen
    // What it proves by, and what the tags that come next are made of.
    write.followed_by = {graph_read::GraphReader::unique_name_path(name_.name),
                         graph_read::GraphReader::service_principal_path(run_.service_principal())};
    write.prepare = [this] { return prepare(); };
    write.send = [this](std::stop_token stop) { return send(std::move(stop)); };
    write.proof = [this] { return prove(); };
    const auto claimed = run_.write(write);
    if (!claimed) return fail(claimed.error());
    const bool lost = *claimed == Confirmed::already && name_.holder;
    return lost ? yield_to(run_, *name_.holder) : Result<void>();
  }

 private:
  /// Next::nothing: another application has the name.
  Result<Next> prepare() {
    // A refusal that was no conflict says nothing about the name. After a lost answer, who holds it
    // tells whether it was us.
    if (conflict_ || run_.session().in_doubt()) {
      auto now = follow_unique_name(run_, ListAge::fresh);
      if (!now) return fail(now.error());
      name_ = std::move(*now);
      if (run_.session().in_doubt() && shows_own_name()) return Next::prove;
    }
    conflict_ = false;
    if (!name_.holder) return Next::send_unseen;
    if (name_.holder->application_id != run_.reference.application_id) return Next::nothing;
    return is_named(*name_.holder) ? Next::prove : Next::send_unseen;
  }

  Result<graph_write::Written> send(std::stop_token stop) {
    auto written = run_.writer().claim_application(run_.reference.application_id, name_.name,
                                                   run_.desired.display_name, std::move(stop));
    conflict_ = !written && written.error().kind == ErrorKind::conflict;
    return written;
  }

  /// Whether the claim shows to everybody who looks the name up: that answer tells whose it is and
  /// what it is called.
  Evidence prove() {
    return look_for(
        run_.session(), run_.session().read_back("the application to be found by its unique name"),
        [this]() -> Result<bool> {
          const auto found = run_.reader().application_by_unique_name(name_.name, run_.in_flight());
          if (!found) return fail(found.error());
          return *found && has_claim(**found) &&
                 (*found)->application_id == run_.reference.application_id;
        });
  }

  /// The key may be found later than the object shows it; and a name that is set cannot be set
  /// again.
  bool shows_own_name() {
    const auto own = read_own();
    return own && *own && has_claim(**own);
  }

  Result<std::optional<model::LiveReference>> read_own() {
    return run_.reader().application(run_.reference.application_id, run_.in_flight());
  }
  [[nodiscard]] bool has_claim(const model::LiveReference& own) const {
    return own.unique_name == name_.name && is_named(own);
  }
  [[nodiscard]] bool is_named(const model::LiveReference& own) const {
    return own.display_name == run_.desired.display_name;
  }

  ApplicationRun& run_;
  UniqueName name_;
  bool conflict_ = false;  ///< what the last sending was answered
};

}  // namespace

Result<void> claim(ApplicationRun& run, UniqueName name) {
  return Claim(run, std::move(name)).carry_out();
}

}  // namespace syncwright::apply
