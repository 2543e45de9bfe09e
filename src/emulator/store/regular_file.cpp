#include "emulator/store/regular_file.h"

#include <fmt/format.h>

#include <system_error>
#include <utility>

namespace syncwright::emulator {

namespace {

const char* word_for(std::filesystem::file_type type) {
  using std::filesystem::file_type;
  if (type == file_type::fifo) return "a FIFO";
  if (type == file_type::directory) return "a folder";
  if (type == file_type::socket) return "a socket";
  return type == file_type::block || type == file_type::character ? "a device" : "something else";
}

}  // namespace

Result<bool> has_regular_file(const std::filesystem::path& path) {
  std::error_code failure;
  const std::filesystem::file_status status = std::filesystem::status(path, failure);
  if (std::filesystem::is_regular_file(status)) return true;
  if (status.type() == std::filesystem::file_type::not_found) return false;
  if (failure) {
    return fail(ErrorKind::io, fmt::format("cannot read {}: {}", path.string(), failure.message()));
  }
  return fail(ErrorKind::invalid_input,
              fmt::format("{} is {}, not a regular file", path.string(), word_for(status.type())));
}

Error as_invalid_file(Error error, const std::filesystem::path& path) {
  error.kind = ErrorKind::invalid_input;
  return within(std::move(error), path.string());
}

Error as_error(const StorageFault& fault, const std::filesystem::path& path) {
  Error error;
  error.kind = fault.is_damage() ? ErrorKind::invalid_input : ErrorKind::io;
  error.message = fmt::format("{}: {}", path.string(), fault.what());
  error.advice = fault.is_damage()
                     ? "name another file; or, if it was a tenant, put a copy of it in its place"
                     : "make room for it and let it be written";
  return error;
}

}  // namespace syncwright::emulator
