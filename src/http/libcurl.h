#pragma once

#include <curl/curl.h>

#include "syncwright/core/error.h"

namespace syncwright::http {

// The functions of libcurl that the transport calls, without their `curl_`.
#define SYNCWRIGHT_LIBCURL_FUNCTIONS(each) \
  each(global_init);                       \
  each(easy_init);                         \
  each(easy_cleanup);                      \
  each(easy_setopt);                       \
  each(easy_getinfo);                      \
  each(easy_strerror);                     \
  each(multi_init);                        \
  each(multi_cleanup);                     \
  each(multi_setopt);                      \
  each(multi_add_handle);                  \
  each(multi_remove_handle);               \
  each(multi_perform);                     \
  each(multi_info_read);                   \
  each(multi_poll);                        \
  each(multi_wakeup);                      \
  each(multi_strerror);                    \
  each(slist_append);                      \
  each(slist_free_all);                    \
  each(url);                               \
  each(url_cleanup);                       \
  each(url_set);                           \
  each(url_get);                           \
  each(free)

/// libcurl, which the program is not linked with: it brings some thirty libraries along, for which
/// every command would wait (docs/performance.md).
struct Libcurl {
// NOLINTNEXTLINE(bugprone-macro-parentheses): a member's name
#define SYNCWRIGHT_MEMBER(name) decltype(&::curl_##name) name = nullptr
  SYNCWRIGHT_LIBCURL_FUNCTIONS(SYNCWRIGHT_MEMBER);
#undef SYNCWRIGHT_MEMBER
};

/// Loads and initialises libcurl when it is first called, and keeps it until the program ends; any
/// thread may call it. ErrorKind::io where this machine has no libcurl that fits.
[[nodiscard]] Result<const Libcurl*> load_libcurl();

}  // namespace syncwright::http
