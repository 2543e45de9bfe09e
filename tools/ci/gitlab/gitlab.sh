# GitLab's side of tools/ci/lib.sh. A job's own token writes neither notes nor issues: SYNCWRIGHT_GITLAB_TOKEN is a
# project access token with the role Reporter and the scope `api`, as a masked variable.
# shellcheck shell=sh disable=SC2016,SC2034,SC2154  # the variables are jq's and lib.sh's

api_header="PRIVATE-TOKEN: ${SYNCWRIGHT_GITLAB_TOKEN:-}"
project=$CI_API_V4_URL/projects/$CI_PROJECT_ID
drift_label=syncwright-drift

platform_output() { echo "$1=$2" >>"$results/outputs.env"; }
platform_summary() { :; } # a job has no page for it: it is in the artifacts
platform_print() { cat "$1"; }
platform_error() { echo "error: $1" >&2; }
platform_pull_request() { echo "${CI_MERGE_REQUEST_IID:-}"; }

platform_comment() {
  notes=$project/merge_requests/$(platform_pull_request)/notes
  call_api GET "$CI_API_V4_URL/user" || return 1
  author=$(jq -r .username "$work/answer")
  find_on_pages "$notes?sort=asc" \
    '.[] | select(.author.username == $author and (.body | startswith($marker))) | .id' "$1" || return 1
  jq -n --rawfile body "$2" '{body: $body}' >"$work/body" || return 1
  if [ -n "$found" ]; then
    call_api PUT "$notes/$found" "$work/body"
  else
    call_api POST "$notes" "$work/body"
  fi
}

find_drift_issue() {
  find_on_pages "$project/issues?state=opened&labels=$drift_label" \
    '.[] | select(.description // "" | startswith($marker)) | .iid' "$1"
}

platform_open_issue() {
  find_drift_issue "$1" || return 1
  jq -n --arg title "$2" --rawfile text "$3" --arg word $drift_label \
    '{title: $title, description: $text, labels: $word}' >"$work/body" || return 1
  if [ -n "$found" ]; then
    call_api PUT "$project/issues/$found" "$work/body"
  else
    call_api POST "$project/issues" "$work/body"
  fi
}

platform_close_issue() {
  find_drift_issue "$1" || return 1
  [ -n "$found" ] || return 0
  jq -n --arg body "$3 ${CI_PIPELINE_URL:-}" '{body: $body}' >"$work/body" || return 1
  call_api POST "$project/issues/$found/notes" "$work/body" || return 1
  echo '{"state_event": "close"}' >"$work/body"
  call_api PUT "$project/issues/$found" "$work/body"
}
