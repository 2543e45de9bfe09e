# GitHub's side of tools/ci/lib.sh. The token needs `pull-requests: write` for comments, `issues: write` for drift.
# shellcheck shell=sh disable=SC2016,SC2034,SC2154  # the variables are jq's and lib.sh's

api_header="Authorization: Bearer ${GITHUB_TOKEN:-}"
repository=${GITHUB_API_URL:-https://api.github.com}/repos/$GITHUB_REPOSITORY
run_url=${GITHUB_SERVER_URL:-https://github.com}/$GITHUB_REPOSITORY/actions/runs/${GITHUB_RUN_ID:-}
author=${SYNCWRIGHT_COMMENT_AUTHOR:-github-actions[bot]} # whose comments these are: nobody else's is written over
drift_label=syncwright-drift

platform_output() { echo "$1=$2" >>"$GITHUB_OUTPUT"; }
platform_summary() { cat "$1" >>"$GITHUB_STEP_SUMMARY"; }
platform_error() { echo "::error title=syncwright::$1"; }

# What a tenant holds may look like a command to the runner.
platform_print() {
  token=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
  echo "::stop-commands::$token"
  cat "$1"
  echo "::$token::"
}

platform_pull_request() { jq -r '.pull_request.number // empty' "$GITHUB_EVENT_PATH"; }

platform_comment() {
  find_on_pages "$repository/issues/$(platform_pull_request)/comments?" \
    '.[] | select(.user.login == $author and (.body | startswith($marker))) | .id' "$1" || return 1
  jq -n --rawfile body "$2" '{body: $body}' >"$work/body" || return 1
  if [ -n "$found" ]; then
    call_api PATCH "$repository/issues/comments/$found" "$work/body"
  else
    call_api POST "$repository/issues/$(platform_pull_request)/comments" "$work/body"
  fi
}

find_drift_issue() {
  find_on_pages "$repository/issues?state=open&labels=$drift_label" \
    '.[] | select(.pull_request == null and (.body // "" | startswith($marker))) | .number' "$1"
}

platform_open_issue() {
  find_drift_issue "$1" || return 1
  jq -n --arg title "$2" --rawfile body "$3" --arg word $drift_label \
    '{title: $title, body: $body, labels: [$word]}' >"$work/body" || return 1
  if [ -n "$found" ]; then
    call_api PATCH "$repository/issues/$found" "$work/body"
  else
    call_api POST "$repository/issues" "$work/body"
  fi
}

platform_close_issue() {
  find_drift_issue "$1" || return 1
  [ -n "$found" ] || return 0
  jq -n --arg body "$3 $run_url" '{body: $body}' >"$work/body" || return 1
  call_api POST "$repository/issues/$found/comments" "$work/body" || return 1
  echo '{"state": "closed", "state_reason": "completed"}' >"$work/body"
  call_api PATCH "$repository/issues/$found" "$work/body"
}
