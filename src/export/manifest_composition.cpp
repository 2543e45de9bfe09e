#include "manifest_composition.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "customization_writer.h"

namespace syncwright {
namespace {

constexpr const char* kApiVersion = "syncwright/v1";

/// "SALESFORCE_CONTOSO_SECRETTOKEN": the environment variable that a reference may name.
std::string variable_of(const std::string& application, const std::string& key) {
  std::string name = application + "_" + key;
  for (char& c : name) {
    if (c >= 'a' && c <= 'z') {
      c = static_cast<char>(c - 32);
    } else if (!((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))) {
      c = '_';
    }
  }
  return name;
}

/// The credentials as they could be managed, for a comment.
std::string proposed_credentials(const ManifestDraft& draft, const std::string& application) {
  YamlOutput values = yaml_mapping();
  for (const DraftCredential& credential : draft.credentials) {
    YamlOutput value =
        credential.clear
            ? yaml_text(*credential.clear)
            : yaml_line({{"env", yaml_text(variable_of(application, credential.key))}});
    values.add(credential.key, std::move(value));
  }
  escape_references(values);
  std::string text =
      write_yaml(yaml_mapping({{"credentials", yaml_mapping({{"values", values}})}}));
  text.pop_back();
  return "Credentials are left out, since secrets cannot be read. To manage them:\n" + text;
}

std::string listed_credentials(const ManifestDraft& draft) {
  std::string keys;
  for (const DraftCredential& credential : draft.credentials) {
    keys += (keys.empty() ? "" : ", ") + credential.key;
  }
  return "Credentials are left out, since secrets cannot be read. The live keys: " + keys;
}

void note_all(YamlOutput& mapping, const std::vector<std::string>& remarks) {
  for (const std::string& remark : remarks) mapping.note(remark);
}

YamlOutput compose_schema(const DraftJob& job, const std::string& application) {
  YamlOutput schema = yaml_mapping();
  if (job.document && job.document->is_named) {
    YamlOutput file = yaml_text(document_name(application, job.key));
    file.comment = "The whole document, since no key of a manifest says that";
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
YamlOutput compose_spec(const ManifestDraft& draft, const ManifestIdentity& identity,
                        const std::string& credentials) {
  YamlOutput spec = yaml_mapping();
  YamlOutput gallery = yaml_text(draft.gallery);
  if (draft.gallery != draft.gallery_name) {
    gallery.comment = draft.gallery_name.empty()
                          ? "Not in the gallery any more"
                          : draft.gallery_name + ", which several are called";
  }
  spec.add("gallery", std::move(gallery));
  spec.add("displayName", {});
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
  if (!draft.credentials.empty()) spec.note(credentials);
  return spec;
}

YamlOutput compose_document(const char* kind, const std::string& name, YamlOutput spec) {
  return yaml_mapping({{"apiVersion", yaml_text(kApiVersion)},
                       {"kind", yaml_text(kind)},
                       {"metadata", yaml_line({{"name", yaml_text(name)}})},
                       {"spec", std::move(spec)}});
}

std::string literal_text(const std::string& text) {
  YamlOutput value = yaml_text(text);
  escape_references(value);
  return value.text;
}

}  // namespace

std::string document_name(const std::string& application, const std::string& job) {
  return "schemas/" + application + "." + job + ".json";
}

YamlOutput compose_application(const ManifestDraft& draft, const ManifestIdentity& identity) {
  const ManifestIdentity written{identity.name, literal_text(identity.display_name),
                                 literal_text(identity.service_principal_id)};
  return compose_document("Application", identity.name,
                          compose_spec(draft, written, proposed_credentials(draft, identity.name)));
}

YamlOutput compose_set(const std::string& name, const ManifestDraft& draft,
                       const std::vector<ManifestIdentity>& rows) {
  YamlOutput each = yaml_sequence();
  for (const ManifestIdentity& row : rows) {
    each.items.push_back(yaml_line({{"name", yaml_text(row.name)},
                                    {"displayName", yaml_text(row.display_name)},
                                    {"servicePrincipal", yaml_text(row.service_principal_id)}}));
  }
  escape_references(each);
  const ManifestIdentity columns{"${each.name}", "${each.displayName}", "${each.servicePrincipal}"};
  YamlOutput form =
      yaml_mapping({{"metadata", yaml_line({{"name", yaml_text(columns.name)}})},
                    {"spec", compose_spec(draft, columns, listed_credentials(draft))}});
  return compose_document("ApplicationSet", name,
                          yaml_mapping({{"forEach", std::move(each)}, {"template", form}}));
}

std::optional<std::string> likeness_of(const ManifestDraft& draft) {
  const bool has_document =
      std::any_of(draft.jobs.begin(), draft.jobs.end(),
                  [](const DraftJob& job) { return job.document && job.document->is_named; });
  if (has_document) return std::nullopt;
  std::string likeness = yaml_flow(compose_spec(draft, {}, {}));
  for (const DraftCredential& credential : draft.credentials) likeness += "\n" + credential.key;
  return likeness;
}

}  // namespace syncwright
