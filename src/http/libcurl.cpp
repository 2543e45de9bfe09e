#include "http/libcurl.h"

#include <dlfcn.h>
#include <elf.h>
#include <fmt/format.h>
#include <link.h>

#include <cstdlib>
#include <string>

namespace syncwright::http {

namespace {

#define SYNCWRIGHT_LIBCURL "libcurl.so.4"
#define SYNCWRIGHT_DLOPEN_METADATA                                     \
  R"([{"soname":[")" SYNCWRIGHT_LIBCURL R"("],"priority":"required",)" \
  R"("feature":"graph","description":"Sends requests to Microsoft Graph"}])"

/// Tells packagers what the loader does not know of, in the form of
/// https://uapi-group.org/specifications/specs/elf_dlopen_metadata/; tools/packaging reads it.
struct DlopenNote {
  Elf64_Nhdr header{sizeof("FDO"), sizeof(SYNCWRIGHT_DLOPEN_METADATA), 0x407c0c0a};
  char owner[sizeof("FDO")] = "FDO";
  alignas(4) char metadata[sizeof(SYNCWRIGHT_DLOPEN_METADATA)] = SYNCWRIGHT_DLOPEN_METADATA;
};
[[gnu::used, gnu::section(".note.dlopen")]] alignas(4) const DlopenNote note;

tl::unexpected<Error> no_libcurl(const std::string& what) {
  // NOLINTNEXTLINE(concurrency-mt-unsafe): nothing here changes the environment
  const char* const folders = std::getenv("LD_LIBRARY_PATH");
  return fail(
      ErrorKind::io,
      fmt::format("cannot load {}, which sends the requests: {}", SYNCWRIGHT_LIBCURL, what),
      folders == nullptr || *folders == '\0'
          ? "install it (Debian: apt-get install --reinstall libcurl4)"
          : "LD_LIBRARY_PATH is searched before the system's folders: leave it away, or mend what "
            "it leads to");
}

/// Where the library lies that was found.
std::string place_of(void* library) {
  const link_map* found = nullptr;
  const bool is_told = ::dlinfo(library, RTLD_DI_LINKMAP, static_cast<void*>(&found)) == 0;
  return is_told ? found->l_name : SYNCWRIGHT_LIBCURL;
}

Result<Libcurl> load() {
  void* library = ::dlopen(SYNCWRIGHT_LIBCURL, RTLD_LAZY | RTLD_LOCAL);
  // NOLINTNEXTLINE(concurrency-mt-unsafe): each thread has a text of its own (dlerror(3))
  if (library == nullptr) return no_libcurl(::dlerror());
  Libcurl curl;
#define SYNCWRIGHT_FIND(name)                                                         \
  curl.name = reinterpret_cast<decltype(curl.name)>(::dlsym(library, "curl_" #name)); \
  if (curl.name == nullptr) return no_libcurl(place_of(library) + " has no curl_" #name)
  SYNCWRIGHT_LIBCURL_FUNCTIONS(SYNCWRIGHT_FIND);
#undef SYNCWRIGHT_FIND
  if (const CURLcode code = curl.global_init(CURL_GLOBAL_DEFAULT); code != CURLE_OK) {
    return no_libcurl(place_of(library) + ": " + curl.easy_strerror(code));
  }
  return curl;
}

}  // namespace

Result<const Libcurl*> load_libcurl() {
  static const Result<Libcurl> loaded = load();
  if (!loaded) return fail(loaded.error());
  return &*loaded;
}

}  // namespace syncwright::http
