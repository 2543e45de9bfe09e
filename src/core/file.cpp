#include "syncwright/core/file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>

#include "syncwright/core/random.h"
#include "syncwright/core/text.h"

namespace syncwright {

namespace {

/// Closes a descriptor on the way out.
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

Error file_error(const char* what, const std::filesystem::path& path, int code) {
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

using WriteContent = std::function<Result<void>(const WritePiece&)>;

/// An Error of the content, or one that names `path`.
Result<void> write_pieces(int descriptor, const WriteContent& write_content,
                          const std::filesystem::path& path) {
  int code = 0;
  Result<void> made = write_content([&](std::string_view piece) {
    if (code == 0) code = write_all(descriptor, piece);
  });
  if (code != 0) return fail(file_error("write", path, code));
  return made;
}

/// The new content under `beside`, safely on disk, with the owner and the rights of the file that
/// it replaces (nullptr: there is none).
Result<void> write_new_file(const std::filesystem::path& beside, const std::filesystem::path& path,
                            const WriteContent& write_content, bool private_mode,
                            const struct stat* replaced) {
  const auto fault = [&] { return fail(file_error("write", path, errno)); };
  const bool is_narrow = private_mode || replaced != nullptr;
  Descriptor file(::open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
                         is_narrow ? S_IRUSR | S_IWUSR : 0666));
  if (!file.valid()) return fault();
  if (replaced != nullptr) {
    mode_t rights = replaced->st_mode & 0777U;
    // Only root may give a file to another owner or group. Where it stays with ours, the group gets
    // no right, since none was meant for it.
    if (::fchown(file.number(), replaced->st_uid, replaced->st_gid) != 0)
      rights &= ~mode_t{S_IRWXG};
    if (!private_mode && ::fchmod(file.number(), rights) != 0) return fault();
  }
  if (Result<void> made = write_pieces(file.number(), write_content, path); !made) return made;
  // Without this a crash soon after the rename could leave an empty file under the final name.
  if (::fsync(file.number()) != 0) return fault();
  if (!file.close()) return fault();
  return {};
}

/// Whether nobody has the right to write the file: somebody froze it, which holds for root too.
bool is_frozen(const struct stat& status) {
  return (status.st_mode & (S_IWUSR | S_IWGRP | S_IWOTH)) == 0;
}

Error not_writable(const std::filesystem::path& path, int code) {
  Error error = file_error("write", path, code);
  error.advice = "make it writable, or name another file";
  return error;
}

/// A descriptor, or an error. Opens without waiting, since a pipe that nobody reads would hold the
/// program for ever; writes wait, as they do everywhere.
Result<int> open_without_waiting(const std::filesystem::path& path, int flags, mode_t mode) {
  const int number = ::open(path.c_str(), flags | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, mode);
  if (number >= 0) {
    const int given = ::fcntl(number, F_GETFL);
    static_cast<void>(::fcntl(number, F_SETFL, given & ~O_NONBLOCK));
    return number;
  }
  const int code = errno;
  struct stat status = {};
  if (code == ENXIO && ::stat(path.c_str(), &status) == 0 && S_ISFIFO(status.st_mode)) {
    return fail(ErrorKind::io,
                fmt::format("cannot write {}: nobody reads this pipe", path.string()),
                "start its reader first");
  }
  return fail(file_error("write", path, code));
}

/// A pipe, a terminal, a device: a rename would put a file in its place.
Result<void> write_stream(const std::filesystem::path& path, const WriteContent& write_content) {
  const Result<int> opened = open_without_waiting(path, O_WRONLY, 0);
  if (!opened) return fail(opened.error());
  Descriptor stream(*opened);
  if (Result<void> made = write_pieces(stream.number(), write_content, path); !made) return made;
  if (!stream.close()) return fail(file_error("write", path, errno));
  return {};
}

/// The place that `path` means behind every symbolic link, also behind one that leads to nothing
/// yet.
std::filesystem::path behind_links(std::filesystem::path path) {
  constexpr int most_links = 40;  // as many as Linux follows
  for (int followed = 0; followed < most_links; ++followed) {
    std::error_code no_link;
    const std::filesystem::path next = std::filesystem::read_symlink(path, no_link);
    if (no_link) break;
    path = path.parent_path() / next;
  }
  return path;
}

Result<void> make_folder_of(const std::filesystem::path& path) {
  if (!path.has_parent_path()) return {};
  std::error_code code;
  std::filesystem::create_directories(path.parent_path(), code);
  if (code) return fail(file_error("make the folder of", path, code.value()));
  return {};
}

/// How the names begin that `path` is written under before it is renamed; a uuid follows.
std::string leftover_prefix(const std::filesystem::path& path) {
  return "." + path.filename().string() + ".";
}

}  // namespace

Result<std::string> read_file(const std::filesystem::path& path, std::size_t max_bytes) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.valid()) return fail(file_error("read", path, errno));
  std::string content;
  struct stat status = {};
  if (::fstat(file.number(), &status) == 0 && S_ISREG(status.st_mode)) {
    content.reserve(std::min(static_cast<std::size_t>(status.st_size), max_bytes));
  }
  std::array<char, 65536> buffer;
  while (true) {
    const ssize_t count = ::read(file.number(), buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return fail(file_error("read", path, errno));
    if (count == 0) return content;
    if (static_cast<std::size_t>(count) > max_bytes - content.size()) {
      return fail(ErrorKind::too_large,
                  fmt::format("{} is larger than {} bytes", path.string(), max_bytes));
    }
    content.append(buffer.data(), static_cast<std::size_t>(count));
  }
}

void remove_leftovers(const std::filesystem::path& path) {
  const std::filesystem::path file = behind_links(path);
  const std::string prefix = leftover_prefix(file);
  const std::filesystem::path folder = file.has_parent_path() ? file.parent_path() : ".";
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
  const WriteContent write_content = [&](const WritePiece& write) -> Result<void> {
    write(content);
    return {};
  };
  return write_file_atomically(path, write_content, private_mode);
}

Result<void> write_file_atomically(const std::filesystem::path& path,
                                   const WriteContent& write_content, bool private_mode) {
  if (Result<void> made = make_folder_of(path); !made) return made;
  struct stat status = {};
  const bool is_there = ::stat(path.c_str(), &status) == 0;
  if (!is_there && errno != ENOENT) return fail(file_error("write", path, errno));
  if (is_there && S_ISDIR(status.st_mode)) return fail(file_error("write", path, EISDIR));
  if (is_there && is_frozen(status)) return fail(not_writable(path, EACCES));
  if (is_there && !S_ISREG(status.st_mode)) return write_stream(path, write_content);
  if (is_there && ::faccessat(AT_FDCWD, path.c_str(), W_OK, AT_EACCESS) != 0) {
    return fail(not_writable(path, errno));
  }
  const std::filesystem::path file = behind_links(path);
  std::filesystem::path beside = file;
  beside.replace_filename(leftover_prefix(file) + random_uuid());
  Result<void> made =
      write_new_file(beside, path, write_content, private_mode, is_there ? &status : nullptr);
  if (made && ::rename(beside.c_str(), file.c_str()) != 0) {
    made = fail(file_error("write", path, errno));
  }
  if (!made) ::unlink(beside.c_str());
  return made;
}

Result<int> open_for_appending(const std::filesystem::path& path) {
  if (Result<void> made = make_folder_of(path); !made) return fail(made.error());
  struct stat status = {};
  const bool is_there = ::stat(path.c_str(), &status) == 0;
  if (is_there && is_frozen(status)) return fail(not_writable(path, EACCES));
  return open_without_waiting(path, O_WRONLY | O_CREAT | O_APPEND, S_IRUSR | S_IWUSR);
}

}  // namespace syncwright
