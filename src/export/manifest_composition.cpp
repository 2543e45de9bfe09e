#include "export/manifest_composition.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "export/customization_writer.h"
#include "export/set_columns.h"

namespace syncwright::exporting {
namespace {

constexpr const char* kApiVersion = "syncwright/v1";

/// A name as a part of an environment variable's: "salesforce-contoso" is SALESFORCE_CONTOSO.
std::string upper_words(std::string name) {
  for (char& c : name) {
    if (c >= 'a' && c <= 'z') {
      c = static_cast<char>(c - 32);
    } else if (!((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))) {
      c = '_';
    }
  }
  return name;
}

/// What the environment variables of an application's secrets begin with; no digit comes first.
std::string variable_start(const std::string& application) {
  const std::string words = upper_words(application);
  return words.front() >= '0' && words.front() <= '9' ? "_" + words : words;
}

YamlOutput secret_reference(const std::string& start, const std::string& key) {
  return yaml_line({{"env", yaml_text(start + "_" + upper_words(key))}});
}

YamlOutput literal(const std::string& text) {
  YamlOutput value = yaml_text(text);
  escape_references(value);
  return value;
}

/// The credentials as they could be managed, for a comment. It has a revision to change: without
/// one a new secret would never be saved.
std::string credentials_proposal(YamlOutput revision, YamlOutput values) {
  revision.comment = "Change it whenever a secret changes: then all are saved again";
  std::string text =
      write_yaml(yaml_mapping({{"credentials", yaml_mapping({{"revision", std::move(revision)},
                                                             {"values", std::move(values)}})}}));
  text.pop_back();
  return "Credentials are left out, since secrets cannot be read. To manage them, adopt first: "
         "apply "
         "once,\nthen uncomment in a few applications at a time, or raise "
         "guards.maxUpdatesPercent:\n" +
         text;
}

std::string credentials_proposal(const ManifestDraft& draft, const std::string& application) {
  YamlOutput values = yaml_mapping();
  for (const DraftCredential& credential : draft.credentials) {
    values.add(credential.key, credential.clear
                                   ? literal(*credential.clear)
                                   : secret_reference(variable_start(application), credential.key));
  }
  return credentials_proposal(yaml_quoted_text(draft.revision), std::move(values));
}

void note_all(YamlOutput& mapping, const std::vector<std::string>& remarks) {
  for (const std::string& remark : remarks) mapping.note(remark);
}

YamlOutput compose_schema(const DraftJob& job, const std::string& application) {
  YamlOutput schema = yaml_mapping();
  if (job.document && job.document->is_named) {
    YamlOutput file = yaml_text(document_name(application, job.key));
    file.comment = job.document->is_pinned
                       ? "The whole document is managed: every edit of its mappings is drift"
                       : "The whole document, since no key of a manifest says that";
    for (const std::string& remark : job.remarks) file.comment += "\n- " + remark;
    schema.add("file", std::move(file));
    return schema;
  }
  for (const YamlOutputEntry& entry : job.schema.entries) {
    schema.add(entry.key, entry.value);
  }
  return schema;
}

YamlOutput compose_job(const DraftJob& job, const std::string& application) {
  YamlOutput composed = job.entries;
  YamlOutput schema = compose_schema(job, application);
  if (!schema.entries.empty()) composed.add("schema", std::move(schema));
  const bool is_told = job.document && job.document->is_named;
  if (!is_told && !job.remarks.empty()) {
    std::string comment = "Live, and left alone, since only a whole document could say it:";
    for (const std::string& remark : job.remarks) comment += "\n- " + remark;
    composed.note(comment);
  }
  return composed;
}

YamlOutput compose_jobs(const ManifestDraft& draft, const std::string& application) {
  YamlOutput jobs = yaml_mapping();
  for (const DraftJob& job : draft.jobs) jobs.add(job.key, compose_job(job, application));
  return jobs;
}

/// `identity`: texts as they stand in the manifest, references included.
YamlOutput compose_spec(const ManifestDraft& draft, const ManifestIdentity& identity) {
  YamlOutput spec = yaml_mapping();
  YamlOutput gallery = yaml_text(draft.gallery);
  if (draft.gallery != draft.gallery_name) {
    gallery.comment = draft.gallery_name.empty()
                          ? "Not in the gallery any more"
                          : draft.gallery_name + ", which several are called";
  }
  spec.add("gallery", std::move(gallery));
  spec.add("displayName", {});
  for (const YamlOutputEntry& text : draft.texts.entries) spec.entries.push_back(text);
  YamlOutput& lifecycle = spec.add("lifecycle", yaml_line({}));
  lifecycle.add("adopt", {});
  if (draft.protect) lifecycle.add("protect", yaml_boolean(true));
  if (!draft.assignments_remark.empty()) {
    spec.note("Assignments are not all here: " + draft.assignments_remark);
  }
  if (!draft.assignments.entries.empty()) spec.add("assignments", draft.assignments);
  if (draft.scope) spec.add("scope", yaml_text(*draft.scope));
  for (const YamlOutputEntry& setting : draft.settings.entries) spec.entries.push_back(setting);
  note_all(spec, draft.settings_remarks);
  if (!draft.jobs.empty()) spec.add("jobs", compose_jobs(draft, identity.name));
  escape_references(spec);
  for (YamlOutputEntry& entry : spec.entries) {
    if (entry.key == "displayName") entry.value = yaml_text(identity.display_name);
    if (entry.key != "lifecycle") continue;
    entry.value.entries.front().value = yaml_text(identity.service_principal_id);
  }
  return spec;
}

YamlOutput compose_document(const char* kind, const std::string& name, YamlOutput spec) {
  return yaml_mapping({{"apiVersion", yaml_text(kApiVersion)},
                       {"kind", yaml_text(kind)},
                       {"metadata", yaml_line({{"name", yaml_text(name)}})},
                       {"spec", std::move(spec)}});
}

/// Columns of every set.
ManifestIdentity identity_columns() {
  return {SetColumns::reference_to("name"), SetColumns::reference_to("displayName"),
          SetColumns::reference_to("servicePrincipal")};
}

std::vector<YamlOutput> identity_rows(const std::vector<SetMember>& members) {
  std::vector<YamlOutput> rows;
  rows.reserve(members.size());
  for (const SetMember& member : members) {
    rows.push_back(
        yaml_line({{"name", yaml_text(member.identity.name)},
                   {"displayName", literal(member.identity.display_name)},
                   {"servicePrincipal", literal(member.identity.service_principal_id)}}));
  }
  return rows;
}

/// The spec of all, with references in the place of what differs.
YamlOutput compose_template(const std::vector<SetMember>& members, SetColumns& columns) {
  std::vector<std::vector<YamlOutput>> values;  // of each place, one for each member
  std::vector<std::string> wishes;
  for (const SetMember& member : members) {
    YamlOutput spec = compose_spec(*member.draft, identity_columns());
    std::size_t place = 0;
    visit_columns(spec, [&](const std::string& wish, const YamlOutput& value) {
      if (place == values.size()) {
        values.emplace_back();
        wishes.push_back(wish);
      }
      values[place++].push_back(value);
    });
  }
  YamlOutput spec = compose_spec(*members.front().draft, identity_columns());
  std::size_t place = 0;
  visit_columns(spec, [&](const std::string&, YamlOutput& value) {
    value = columns.join(wishes[place], values[place]);
    ++place;
  });
  return spec;
}

/// The same block as for one application: what is clear and differs has a column, and so has what
/// the names of the secrets' environment variables begin with.
std::string credentials_proposal(const std::vector<SetMember>& members, SetColumns& columns) {
  const auto of_all = [&members](const auto& value_of) {
    std::vector<YamlOutput> values;
    values.reserve(members.size());
    for (const SetMember& member : members) values.push_back(value_of(member));
    return values;
  };
  YamlOutput revision = columns.join("revision", of_all([](const SetMember& member) {
                                       return yaml_quoted_text(member.draft->revision);
                                     }));
  std::string start;
  YamlOutput values = yaml_mapping();
  const std::vector<DraftCredential>& first = members.front().draft->credentials;
  for (std::size_t index = 0; index < first.size(); ++index) {
    const std::string& key = first[index].key;
    if (first[index].clear) {
      values.add(key, columns.join(key, of_all([index](const SetMember& member) {
                                     return literal(*member.draft->credentials[index].clear);
                                   })));
      continue;
    }
    if (start.empty()) {
      start = columns
                  .join("variable", of_all([](const SetMember& member) {
                          return yaml_text(variable_start(member.identity.name));
                        }))
                  .text;
    }
    values.add(key, secret_reference(start, key));
  }
  return credentials_proposal(std::move(revision), std::move(values));
}

}  // namespace

std::string document_name(const std::string& application, const std::string& job) {
  return "schemas/" + application + "." + job + ".json";
}

YamlOutput compose_application(const ManifestDraft& draft, const ManifestIdentity& identity) {
  const ManifestIdentity written{identity.name, literal(identity.display_name).text,
                                 literal(identity.service_principal_id).text};
  YamlOutput spec = compose_spec(draft, written);
  if (!draft.credentials.empty()) spec.note(credentials_proposal(draft, identity.name));
  return compose_document("Application", identity.name, std::move(spec));
}

YamlOutput compose_set(const std::string& name, const std::vector<SetMember>& members) {
  SetColumns columns(identity_rows(members));
  YamlOutput spec = compose_template(members, columns);
  if (!members.front().draft->credentials.empty()) {
    spec.note(credentials_proposal(members, columns));
  }
  YamlOutput form =
      yaml_mapping({{"metadata", yaml_line({{"name", yaml_text(identity_columns().name)}})},
                    {"spec", std::move(spec)}});
  return compose_document(
      "ApplicationSet", name,
      yaml_mapping({{"forEach", yaml_sequence(columns.rows())}, {"template", std::move(form)}}));
}

ManifestTraits traits_of(const ManifestDraft& draft) {
  ManifestTraits traits;
  YamlOutput spec = compose_spec(draft, {});
  visit_columns(spec, [](const std::string&, YamlOutput& value) { value.text.clear(); });
  for (const YamlOutputEntry& entry : spec.entries) {
    const std::string key = entry.key.empty() ? "remarks" : entry.key;
    if (key != "jobs") {
      traits[key] += write_yaml(yaml_mapping({entry}));
      continue;
    }
    for (const YamlOutputEntry& job : entry.value.entries) {
      traits["jobs"] += job.key + "\n";
      for (const YamlOutputEntry& part : job.value.entries) {
        const std::string& name = part.key.empty() ? "remarks" : part.key;
        traits[fmt::format("{} of job {}", name, job.key)] += write_yaml(yaml_mapping({part}));
      }
    }
  }
  for (const DraftJob& job : draft.jobs) {
    if (!job.document || !job.document->is_named) continue;
    traits["schema of job " + job.key] = draft.service_principal_id;  // a document of its own
  }
  for (const DraftCredential& credential : draft.credentials) {
    traits["credentials"] += credential.key + (credential.clear ? " in clear\n" : " secret\n");
  }
  return traits;
}

std::optional<std::string> likeness_of(const ManifestDraft& draft) {
  const bool has_document =
      std::any_of(draft.jobs.begin(), draft.jobs.end(),
                  [](const DraftJob& job) { return job.document && job.document->is_named; });
  if (has_document) return std::nullopt;
  YamlOutput spec = compose_spec(draft, {});
  visit_columns(spec, [](const std::string&, YamlOutput& value) { value.text.clear(); });
  std::string likeness = write_yaml(spec);  // what its comments tell holds for all as well
  for (const DraftCredential& credential : draft.credentials) {
    likeness += credential.key + (credential.clear ? " in clear\n" : " secret\n");
  }
  return likeness;
}

}  // namespace syncwright::exporting
