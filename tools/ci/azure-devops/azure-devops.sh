# Azure DevOps' side of tools/ci/lib.sh. The build service needs "Contribute to pull requests" on the repository for
# comments, and may edit work items for drift. Processes call their work items and states differently:
#   SYNCWRIGHT_WORK_ITEM_TYPE     what drift opens (Issue; Task is in every process)
#   SYNCWRIGHT_WORK_ITEM_CLOSED   its last state (Done; Closed in the Agile process)
# shellcheck shell=sh disable=SC2016,SC2034,SC2154  # the variables are jq's and lib.sh's

api_header="Authorization: Bearer ${SYSTEM_ACCESSTOKEN:-}"
project=${SYSTEM_COLLECTIONURI%/}/$SYSTEM_TEAMPROJECTID
version=api-version=7.1
drift_tag=syncwright-drift
closed_state=${SYNCWRIGHT_WORK_ITEM_CLOSED:-Done}

platform_output() { echo "##vso[task.setvariable variable=$1;isOutput=true]$2"; }
platform_summary() { echo "##vso[task.uploadsummary]$(cd "$(dirname "$1")" && pwd)/$(basename "$1")"; }
platform_error() { echo "##vso[task.logissue type=error]$1"; }
# What a tenant holds may look like a command to the agent.
platform_print() { sed 's/##/# #/g' "$1"; }
platform_pull_request() { echo "${SYSTEM_PULLREQUEST_PULLREQUESTID:-}"; }

# A thread of one comment, closed from the start: a policy may want open ones settled.
platform_comment() {
  threads=$project/_apis/git/repositories/$BUILD_REPOSITORY_ID/pullRequests/$(platform_pull_request)/threads
  call_api GET "$threads?$version" || return 1
  found=$(jq -r --arg marker "$1" \
    'first(.value[] | select(.isDeleted != true and (.comments[0].content // "" | startswith($marker)))
       | "\(.id)/comments/\(.comments[0].id)") // empty' "$work/answer")
  if [ -n "$found" ]; then
    jq -n --rawfile content "$2" '{content: $content}' >"$work/body" || return 1
    call_api PATCH "$threads/$found?$version" "$work/body"
  else
    jq -n --rawfile content "$2" \
      '{comments: [{parentCommentId: 0, commentType: "text", content: $content}], status: "closed"}' >"$work/body" || return 1
    call_api POST "$threads?$version" "$work/body"
  fi
}

find_drift_item() {
  jq -n --arg title "$1" --arg tag $drift_tag --arg closed "$closed_state" \
    '{query: "SELECT [System.Id] FROM WorkItems WHERE [System.TeamProject] = @project AND [System.Tags] CONTAINS \u0027\($tag)\u0027 AND [System.Title] = \u0027\($title)\u0027 AND [System.State] <> \u0027\($closed)\u0027"}' >"$work/body" || return 1
  call_api POST "$project/_apis/wit/wiql?$version" "$work/body" || return 1
  found=$(jq -r '.workItems[0].id // empty' "$work/answer")
}

# change_item METHOD PATH FILTER [ARGUMENT...]: the filter gives the fields that get another value.
change_item() {
  method=$1 path=$2 filter=$3
  shift 3
  jq -n "$@" "$filter | to_entries | map({op: \"add\", path: \"/fields/\(.key)\", value})" >"$work/body" || return 1
  content_type=application/json-patch+json
  call_api "$method" "$project/_apis/wit/workitems/$path?$version" "$work/body" || return 1
  content_type=application/json
}

# A description is HTML.
platform_open_issue() {
  find_drift_item "$2" || return 1
  if [ -n "$found" ]; then
    change_item PATCH "$found" '{"System.Description": ("<pre>" + ($text | @html) + "</pre>")}' --rawfile text "$3"
  else
    change_item POST "\$${SYNCWRIGHT_WORK_ITEM_TYPE:-Issue}" \
      '{"System.Title": $title, "System.Tags": $tag, "System.Description": ("<pre>" + ($text | @html) + "</pre>")}' \
      --rawfile text "$3" --arg title "$2" --arg tag $drift_tag
  fi
}

platform_close_issue() {
  find_drift_item "$2" || return 1
  [ -n "$found" ] || return 0
  change_item PATCH "$found" '{"System.State": $closed, "System.History": $sentence}' \
    --arg closed "$closed_state" --arg sentence "$3"
}
