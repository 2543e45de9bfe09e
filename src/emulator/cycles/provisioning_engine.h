#pragma once

#include <memory>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "emulator/cycles/connected_target.h"
#include "emulator/cycles/job_session.h"
#include "emulator/cycles/provisioning_event.h"

namespace syncwright::emulator {

/// A source object as one object mapping meets it.
struct Subject {
  std::string key;               ///< of Job::links, escrows and skipped
  const Json* source = nullptr;  ///< Graph's object; nullptr where it is gone for good
  provisioning::DirectoryObject object;
};

/// One object mapping of a job at work: decides about objects, writes accounts, links, escrows and
/// counts, and logs. Compiled once; used by cycles and by provisioning on demand. The session and
/// the schema must outlive it.
class ProvisioningEngine {
 public:
  /// The problems name the attribute mapping or clause that cannot run.
  [[nodiscard]] static tl::expected<std::unique_ptr<ProvisioningEngine>, std::vector<std::string>>
  make(JobSession& session, const MappingAtWork& mapping);

  [[nodiscard]] const provisioning::MappingProgram& program() const { return program_; }
  [[nodiscard]] JobSession& session() const { return session_; }
  /// "User to Person": what links are counted by.
  [[nodiscard]] const std::string& object_name() const { return object_name_; }

  [[nodiscard]] Subject subject(const Json& source) const;
  [[nodiscard]] Subject subject_of(const std::string& key) const;
  /// The account it is linked to; nullptr without one.
  [[nodiscard]] const provisioning::DirectoryObject* account_of(const Subject& subject) const;
  /// REQUIRES: it is linked to one.
  void set_attribute(const Subject& subject, const std::string& name, expression::Value value);
  /// Whether the account refers to the account of that source object.
  [[nodiscard]] bool refers_to(const Subject& subject, const std::string& id) const;
  [[nodiscard]] bool waits_in_escrow(const std::string& key) const;

  [[nodiscard]] provisioning::Operation decide(const Subject& subject) const;
  /// Does what was decided, and says what came of it. A failure escrows the object.
  ProvisioningEvent carry_out(const Subject& subject, const provisioning::Operation& operation);
  /// The same for an operation that writes nothing and logs nothing: links what was matched.
  void pass_over(const Subject& subject, const provisioning::Operation& operation);
  /// What would be done, as a deletion that the threshold stopped (TooManyDeletes).
  [[nodiscard]] ProvisioningEvent staged_deletion(const Subject& subject,
                                                  const provisioning::Operation& operation) const;
  /// Appends to the log and returns the entry.
  Json record(const ProvisioningEvent& event);

 private:
  ProvisioningEngine(JobSession& session, const MappingAtWork& mapping,
                     provisioning::MappingProgram program);

  [[nodiscard]] provisioning::MappingInput input_of(const Subject& subject) const;
  [[nodiscard]] ProvisioningEvent event_of(const Subject& subject,
                                           const provisioning::Operation& operation) const;
  [[nodiscard]] std::string target_name(const Subject& subject,
                                        const provisioning::Operation& operation) const;
  void write(const Subject& subject, const provisioning::Operation& operation,
             ProvisioningEvent& event);
  void remove(const Subject& subject, const provisioning::Operation& operation);
  void link(const Subject& subject, const std::string& account);
  void escrow(const std::string& key);

  JobSession& session_;
  const provisioning::MappingProgram program_;
  const std::vector<std::string> attributes_;  // what the program reads
  const std::string object_name_;
  const std::unique_ptr<ConnectedTarget> target_;
  const EventFrame frame_;
  std::vector<std::string> unique_attributes_;  // the targets of SelectUniqueValue
};

/// [G] The code of a job whose schema has an object mapping that cannot run.
constexpr const char* assumed_unusable_schema_code = "SchemaInvalid";

/// Why an operation that was skipped shows in the log, as its error code.
[[nodiscard]] const char* skip_code(provisioning::Reason reason);

}  // namespace syncwright::emulator
