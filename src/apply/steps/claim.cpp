#include "apply/steps/claim.h"

#include <fmt/format.h>

#include "apply/read_back.h"
#include "apply/repetition.h"

namespace syncwright {

namespace {

constexpr int kMostClaims = 8;

/// Whether the application shows the claim: by id, and to everybody who looks the name up.
Result<std::optional<bool>> shows_claim(ApplicationRun& run, const std::string& unique_name) {
  const auto by_id = run.reader().application(run.reference.application_id, run.in_flight());
  if (!by_id) return fail(by_id.error());
  if (!*by_id || (*by_id)->unique_name != unique_name ||
      (*by_id)->display_name != run.desired.display_name) {
    return std::optional<bool>();
  }
  const auto by_key = run.reader().application_by_unique_name(unique_name, run.in_flight());
  if (!by_key) return fail(by_key.error());
  if (!*by_key || (*by_key)->application_id != run.reference.application_id) {
    return std::optional<bool>();
  }
  return std::optional<bool>(true);
}

Result<void> confirm_claim(ApplicationRun& run, const std::string& unique_name) {
  return settle_read_back(run, run.read_back("the application to be found by its unique name"),
                          nullptr, [&] { return shows_claim(run, unique_name); });
}

/// Deletes the application that our own 201 named, and sees it gone.
Result<void> delete_own(ApplicationRun& run) {
  const std::string id = run.reference.application_id;
  const auto deleted = settle<bool>(
      run.patience(), run.subject("our own creation to be deletable"),
      [&]() -> Result<std::optional<bool>> {
        const auto answer = run.write<Written>("application.delete", [&](std::stop_token stop) {
          return run.writer().delete_application(id, std::move(stop));
        });
        // Its claim was refused, so that it was there: a 404 is the echo of a DELETE that was sent
        // twice because its first answer was lost.
        if (answer || answer.error().kind == ErrorKind::not_found) return std::optional(true);
        return fail(answer.error());
      });
  if (!deleted && !run.in_doubt()) return fail(deleted.error());
  return settle_read_back(run, run.read_back("our own creation to be gone"),
                          deleted ? nullptr : &deleted.error(),
                          [&]() -> Result<std::optional<bool>> {
                            const auto read = run.reader().application(id, run.in_flight());
                            if (!read) return fail(read.error());
                            return *read ? std::optional<bool>() : std::optional(true);
                          });
}

/// Ours lost: it goes, and the winner is the run's from here on.
Result<void> yield_to(ApplicationRun& run, const LiveReference& winner) {
  run.settle_doubt();
  if (run.made_here) {
    if (auto deleted = delete_own(run); !deleted) {
      return fail(within(deleted.error(),
                         fmt::format("application {} lost the race for its name and stays behind",
                                     run.reference.application_id)));
    }
  }
  return learn(run, winner);
}

Result<Written> send_claim(ApplicationRun& run, const std::string& unique_name) {
  return run.write<Written>("application.claim", [&](std::stop_token stop) {
    return run.writer().claim_application(run.reference.application_id, unique_name,
                                          run.desired.display_name, std::move(stop));
  });
}

/// The key may be found later than the object shows it; and a name that is set cannot be set again.
bool shows_own_name(ApplicationRun& run, const std::string& unique_name) {
  const auto own = run.reader().application(run.reference.application_id, run.in_flight());
  return own && *own && (*own)->unique_name == unique_name &&
         (*own)->display_name == run.desired.display_name;
}

bool is_ours(const ApplicationRun& run, const UniqueName& name) {
  return name.holder && name.holder->application_id == run.reference.application_id;
}

}  // namespace

Result<void> claim(ApplicationRun& run, UniqueName name) {
  const Subject subject = run.read_back("the application to take its unique name");
  Wait wait(run.patience(), subject);
  Repetition repetition(run, subject.what, kMostClaims);
  while (true) {
    if (name.holder && !is_ours(run, name)) return yield_to(run, *name.holder);
    if (is_ours(run, name) && name.holder->display_name == run.desired.display_name) {
      return confirm_claim(run, name.name);
    }
    const auto claimed = send_claim(run, name.name);
    if (claimed) return confirm_claim(run, name.name);
    const Error& refusal = claimed.error();
    const bool conflict = refusal.kind == ErrorKind::conflict;
    // A conflict whose winner is not to be found yet is asked again: claims take a while to be
    // seen.
    const bool again = conflict              ? wait.again_after_mismatch()
                       : is_passing(refusal) ? repetition.again_after(refusal)
                                             : wait.again_after(refusal);
    if (!again) return fail(conflict ? wait.given_up() : wait.given_up(refusal));
    // Not replicated yet: that says nothing about the name. After a lost answer, who holds it tells
    // whether it was us.
    if (!conflict && !run.in_doubt()) continue;
    auto holder = follow_unique_name(run, DeletedList::fresh);
    if (!holder) return fail(holder.error());
    name = std::move(*holder);
    if (run.in_doubt() && shows_own_name(run, name.name)) return confirm_claim(run, name.name);
  }
}

}  // namespace syncwright
