#include "syncwright/core/file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>

#include "syncwright/core/guid.h"
#include "syncwright/core/random.h"

namespace syncwright {

namespace {

/// Closes on the way out.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { static_cast<void>(close()); }

  [[nodiscard]] bool valid() const { return number_ >= 0; }
  [[nodiscard]] int number() const { return number_; }
  bool close() {
    const int number = number_;
    number_ = -1;
    return number < 0 || ::close(number) == 0;
  }

 private:
  int number_;
};

Error failed(const char* what, const std::filesystem::path& path, int code) {
  Error error;
  error.kind = ErrorKind::io;
  error.message = fmt::format("cannot {} {}: {}", what, path.string(),
                              std::error_code(code, std::generic_category()).message());
  return error;
}

/// 0, or the errno of the write that failed.
int write_all(int descriptor, std::string_view content) {
  while (!content.empty()) {
    const ssize_t written = ::write(descriptor, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

/// The new content under `beside`, safely on disk; 0 or an errno.
int write_new_file(const std::filesystem::path& beside, std::string_view content, mode_t mode) {
  Descriptor file(::open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode));
  if (!file.valid()) return errno;
  if (const int code = write_all(file.number(), content); code != 0) return code;
  // Without this a crash soon after the rename could leave an empty file under the final name.
  if (::fsync(file.number()) != 0) return errno;
  return file.close() ? 0 : errno;
}

/// How the names begin that `path` is written under before it is renamed; a uuid follows.
std::string leftover_prefix(const std::filesystem::path& path) {
  return "." + path.filename().string() + ".";
}

}  // namespace

Result<std::string> read_file(const std::filesystem::path& path, std::size_t max_bytes) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.valid()) return fail(failed("read", path, errno));
  std::string content;
  struct stat status = {};
  if (::fstat(file.number(), &status) == 0 && S_ISREG(status.st_mode)) {
    content.reserve(std::min(static_cast<std::size_t>(status.st_size), max_bytes));
  }
  std::array<char, 65536> buffer;
  while (true) {
    const ssize_t count = ::read(file.number(), buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return fail(failed("read", path, errno));
    if (count == 0) return content;
    if (static_cast<std::size_t>(count) > max_bytes - content.size()) {
      return fail(ErrorKind::too_large,
                  fmt::format("{} is larger than {} bytes", path.string(), max_bytes));
    }
    content.append(buffer.data(), static_cast<std::size_t>(count));
  }
}

void remove_leftovers(const std::filesystem::path& path) {
  const std::string prefix = leftover_prefix(path);
  const std::filesystem::path folder = path.has_parent_path() ? path.parent_path() : ".";
  std::error_code error;
  for (std::filesystem::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    std::error_code ignored;  // what stays is in nobody's way
    if (name.starts_with(prefix) && is_guid(name.substr(prefix.size()))) {
      std::filesystem::remove(entry->path(), ignored);
    }
  }
}

Result<void> write_file_atomically(const std::filesystem::path& path, std::string_view content,
                                   bool private_mode) {
  if (path.has_parent_path()) {
    std::error_code code;
    std::filesystem::create_directories(path.parent_path(), code);
    if (code) return fail(failed("make the folder of", path, code.value()));
  }
  std::filesystem::path beside = path;
  beside.replace_filename(leftover_prefix(path) + random_uuid());
  int code = write_new_file(beside, content, private_mode ? 0600 : 0666);
  if (code == 0 && ::rename(beside.c_str(), path.c_str()) != 0) code = errno;
  if (code == 0) return {};
  ::unlink(beside.c_str());
  return fail(failed("write", path, code));
}

}  // namespace syncwright
