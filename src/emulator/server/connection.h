#pragma once

#include <httplib.h>

#include <array>
#include <cstddef>
#include <stop_token>
#include <string>
#include <string_view>

#include "emulator/server/openssl_handles.h"
#include "syncwright/core/clock.h"
#include "syncwright/emulator/weather.h"

namespace syncwright::emulator {

/// One accepted socket, in the clear or under TLS, as the stream from which the library reads
/// requests. It is ours, and not one of the library's two, because what --faults makes of an answer
/// happens here: a reset, half a body, a slow one. Used by the one thread that serves it.
class Connection final : public httplib::Stream {
 public:
  /// `tls` may be null. Waits of a slow body are on `clock` and end early with `stop`.
  Connection(socket_t socket, SSL_CTX* tls, Clock& clock, std::stop_token stop);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection() override;

  /// The TLS handshake; false where there will be no request.
  bool begin();
  /// Whether something can be read within that time: the next request, or the end.
  [[nodiscard]] bool is_readable_within(Milliseconds time) const;
  /// What is done to the next answer.
  void arrange(const WireFault& fault) {
    fault_ = fault;
    in_body_ = false;
  }
  /// The answer that comes is the last one: where the next request begins is not known.
  void end_after_answer() { ends_ = true; }
  /// Nothing more can be said on it.
  [[nodiscard]] bool is_over() const { return broken_ || ends_; }

  /// The one that the calling thread serves.
  [[nodiscard]] static Connection& current();

  using httplib::Stream::write;
  [[nodiscard]] bool is_readable() const override { return is_readable_within(Milliseconds{0}); }
  [[nodiscard]] bool is_writable() const override { return !broken_; }
  ssize_t read(char* to, std::size_t size) override;
  ssize_t write(const char* data, std::size_t size) override;
  void get_remote_ip_and_port(std::string& ip, int& port) const override;
  void get_local_ip_and_port(std::string& ip, int& port) const override;
  [[nodiscard]] socket_t socket() const override { return socket_; }

 private:
  ssize_t receive(char* to, std::size_t size);
  bool send_all(std::string_view data);
  bool send_slowly(std::string_view data);
  bool send_answer(std::string_view data);

  const socket_t socket_;
  TlsHandle tls_;
  Clock& clock_;
  const std::stop_token stop_;
  WireFault fault_;
  bool broken_ = false;
  bool ends_ = false;
  bool in_body_ = false;  ///< of an answer with a fault: its head is out
  std::array<char, 16'384> buffer_{};
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

}  // namespace syncwright::emulator
