# What the scripts of a pipeline share; `.` reads it. POSIX sh, curl and jq suffice.
#
# A script runs syncwright, keeps what it says in a folder of results, and tells it where people look. Where that is
# differs: the file of the platform defines the same functions for each (see `no_platform` for what they take).
#
#   SYNCWRIGHT_ENVIRONMENT   the project's environment, where it declares some (-e)
#   SYNCWRIGHT_RESULTS       folder for plan, reports and logs (syncwright-results)
#   SYNCWRIGHT_OFFLINE       true: nobody can sign in, as in a pull request from a fork; no plan, no comment
#   SYNCWRIGHT_ID_TOKEN      a token of the platform to sign in with, where it comes in a variable (GitLab)
# shellcheck shell=sh

ci=$(cd "$(dirname "$0")" && pwd)
results=${SYNCWRIGHT_RESULTS:-syncwright-results}
environment=${SYNCWRIGHT_ENVIRONMENT:-}
mkdir -p "$results"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# GitHub's bound, the lowest of the three.
comment_limit=65536

# What an exit code of syncwright is to a pipeline (docs/exit-codes.md). A finding is a result; the rest but `done` are
# reasons to stop, and tell apart who has to do something: the author, whoever runs the pipeline, or nobody but time.
outcome_of() {
  case $1 in
    0) echo 'done' ;;
    2) echo finding ;;       # the tenant differs: read it
    3) echo refused ;;       # a guard, or a change that apply would refuse: the author decides
    4) echo stale ;;         # plan again
    5) echo partly ;;        # run it again: it goes on where it stopped
    6) echo sign-in ;;       # who runs the pipeline grants what is missing
    64 | 65) echo invalid ;; # the manifests, or the pipeline's own words
    130 | 137 | 143) echo interrupted ;;
    *) echo failed ;;
  esac
}

# An outcome in a sentence, for a command by name.
sentence_of() {
  case $1 in
    'done') echo "\`$2\` is done." ;;
    finding) echo "\`$2\` found differences." ;;
    refused) echo "\`$2\` is refused: nothing is written." ;;
    stale) echo "The plan is stale, since the tenant or the manifests changed: nothing is written. Run the pipeline again." ;;
    partly) echo "\`$2\` is done in part. Run the pipeline again: it goes on where it stopped." ;;
    sign-in) echo "\`$2\` cannot read the tenant: sign-in or a permission is missing." ;;
    invalid) echo "\`$2\` is given something invalid." ;;
    interrupted) echo "\`$2\` was interrupted. Run the pipeline again." ;;
    *) echo "\`$2\` failed." ;;
  esac
}

# run_syncwright NAME WORD...: what it prints lies in NAME.txt and NAME.log of the results, its exit code in $code.
run_syncwright() {
  name=$1
  shift
  code=0
  echo "\$ syncwright $*${environment:+ -e $environment}"
  syncwright "$@" ${environment:+-e "$environment"} >"$results/$name.txt" 2>"$results/$name.log" || code=$?
  platform_print "$results/$name.txt"
  platform_print "$results/$name.log"
}

# A file as a block of Markdown that nothing in it can end.
as_block() {
  sed 's/^/    /' "$1"
  echo
}

# The marker by which a comment or an issue is found again; nobody sees it.
marker_of() {
  echo "<!-- syncwright $1${environment:+ $environment} -->"
}

# fit_comment FILE: cuts it to what a comment holds, between its lines. Its first line, the marker, stays.
fit_comment() {
  # shellcheck disable=SC2016  # the variables are jq's
  jq -Rsj --argjson most "$comment_limit" \
    --arg note "> The end is cut off, since a comment is full: the whole text is in the artifact of this run." '
    if length <= $most then . else
      (index("\n") + 1) as $head
      | .[:$head] + $note + "\n\n"
        + (.[$head:$most - ($note | length) - 2] | split("\n")[:-1] | join("\n"))
    end' "$1" >"$work/fit" && mv "$work/fit" "$1"
}

# Checks the project and plans: everything that a reviewer wants to know is in review.md of the results afterwards.
# $exit_code is the script's, $changes says whether an apply has something to do.
review() {
  exit_code=0
  changes=false
  tests=0
  run_syncwright validate validate --report "sarif=$results/validate.sarif"
  if [ "$code" -ne 0 ]; then
    exit_code=$code
    say_failure validate
  else
    run_syncwright test test --report "sarif=$results/test.sarif" --report "junit=$results/test.xml" \
      --report "markdown=$results/test.md"
    tests=$code
    if [ "${SYNCWRIGHT_OFFLINE:-}" = true ]; then
      verdict="The manifests are valid. Nobody is signed in here, so there is no plan."
      : >"$work/review"
    else
      plan
    fi
    { echo && cat "$results/test.md"; } >>"$work/review"
  fi
  if [ "$tests" -ne 0 ]; then
    verdict="Mapping tests fail. $verdict"
    [ "$exit_code" -ne 0 ] || exit_code=$tests
  fi
  { echo "**$verdict**" && echo && cat "$work/review"; } >"$results/review.md"
}

# The plan, as a file to apply and as Markdown.
plan() {
  run_syncwright plan plan --detailed-exitcode --out "$results/plan.json" --report "markdown=$results/plan.md" \
    --report "sarif=$results/plan.sarif"
  case $(outcome_of "$code") in
    'done') verdict="Nothing to change: the tenant is as the manifests say." ;;
    finding)
      # shellcheck disable=SC2034  # the scripts read it
      changes=true
      verdict="An apply carries out this plan."
      ;;
    refused)
      exit_code=$code
      verdict="The plan holds a refused change: an apply would write nothing."
      ;;
    *)
      exit_code=$code
      say_failure plan
      return
      ;;
  esac
  cat "$results/plan.md" >"$work/review"
}

# say_failure NAME: the verdict on a command that ended before it had a result, and what it said.
say_failure() {
  verdict="$(sentence_of "$(outcome_of "$code")" "$1")"
  as_block "$results/$1.log" >"$work/review"
}

# call_api METHOD URL [BODY-FILE]: the answer is in $work/answer. $api_header signs in; it goes past the command line,
# which other processes can read. A refusal is told, and is a failure.
content_type=application/json
call_api() {
  status=$(printf 'header = "%s"\n' "$api_header" |
    curl --silent --show-error --config - --request "$1" --url "$2" --max-time 60 \
      --header "Content-Type: $content_type" --header 'Accept: application/json' \
      ${3:+--data-binary "@$3"} --output "$work/answer" --write-out '%{http_code}') || status="no answer"
  case $status in
    2??) return 0 ;;
  esac
  platform_error "$1 ${2%%\?*}: $status. Has the pipeline's token the permission for it?"
  return 1
}

# find_on_pages URL FILTER MARKER: the first thing of a paged list that the jq filter gives, in $found; empty: none.
# The filter knows $marker and $author, who writes for this pipeline.
find_on_pages() {
  page=1
  found=
  while [ -z "$found" ]; do
    call_api GET "$1&per_page=100&page=$page" || return 1
    found=$(jq -r --arg marker "$3" --arg author "${author:-}" "first($2) // empty" "$work/answer")
    [ "$(jq length "$work/answer")" -eq 100 ] || break
    page=$((page + 1))
  done
}

# What a platform has for these scripts. Without one, everything is printed.
no_platform() {
  platform_output() { echo "output: $1=$2"; }              # NAME VALUE: for later steps
  platform_summary() { cat "$1"; }                         # FILE of Markdown: the page of the run
  platform_print() { cat "$1"; }                           # FILE of anything: the log, in which nothing is a command
  platform_error() { echo "error: $1" >&2; }               # TEXT: the log, and where errors are listed
  platform_pull_request() { :; }                           # prints the number of the pull request, where there is one
  platform_comment() { cat "$2"; }                         # MARKER FILE: makes the comment, or writes it anew
  platform_open_issue() { echo "issue: $2" && cat "$3"; }  # MARKER TITLE FILE: likewise an issue
  platform_close_issue() { echo "no issue: $2"; }          # MARKER TITLE SENTENCE: closes it, where there is one
}

if [ "${GITHUB_ACTIONS:-}" = true ]; then
  # shellcheck source=tools/ci/github/github.sh
  . "$ci/github/github.sh"
elif [ "${TF_BUILD:-}" = True ]; then
  # shellcheck source=tools/ci/azure-devops/azure-devops.sh
  . "$ci/azure-devops/azure-devops.sh"
elif [ "${GITLAB_CI:-}" = true ]; then
  # shellcheck source=tools/ci/gitlab/gitlab.sh
  . "$ci/gitlab/gitlab.sh"
else
  no_platform
fi

if [ -n "${SYNCWRIGHT_ID_TOKEN:-}" ]; then
  (umask 077 && printf %s "$SYNCWRIGHT_ID_TOKEN" >"$work/id-token")
  export AZURE_FEDERATED_TOKEN_FILE="$work/id-token"
fi
