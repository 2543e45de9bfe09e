#include "emulator/server/connection.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <openssl/err.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

namespace syncwright::emulator {

namespace {

constexpr timeval patience{5, 0};  // of a client in the middle of a request or an answer

constexpr std::string_view plain_http_on_tls =
    "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Type: text/plain\r\n"
    "Content-Length: 57\r\n\r\nThis emulator speaks TLS: the address begins with https:\n";

thread_local Connection* serving = nullptr;

void socket_name(const sockaddr_storage& address, socklen_t size, std::string& ip, int& port) {
  std::array<char, NI_MAXHOST> host{};
  std::array<char, NI_MAXSERV> service{};
  if (::getnameinfo(reinterpret_cast<const sockaddr*>(&address), size, host.data(), host.size(),
                    service.data(), service.size(), NI_NUMERICHOST | NI_NUMERICSERV) != 0) {
    return;
  }
  ip = host.data();
  port = std::atoi(service.data());
}

}  // namespace

Connection::Connection(socket_t socket, SSL_CTX* tls, Clock& clock, std::stop_token stop)
    : socket_(socket), clock_(clock), stop_(std::move(stop)) {
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
  ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience));
  if (tls) {
    tls_.reset(SSL_new(tls));
    broken_ = !tls_ || SSL_set_fd(tls_.get(), socket_) != 1;
  }
  serving = this;
}

Connection::~Connection() {
  serving = nullptr;
  if (tls_ && !broken_) SSL_shutdown(tls_.get());
  if (fault_.breaks) {
    const linger at_once{1, 0};  // a reset instead of an orderly end
    ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once));
  } else {
    ::shutdown(socket_, SHUT_RDWR);
  }
  ::close(socket_);
}

Connection& Connection::current() {
  return *serving;
}

bool Connection::begin() {
  if (!tls_ || broken_) return !broken_;
  ERR_clear_error();
  if (SSL_accept(tls_.get()) == 1) return true;
  const bool is_plain = ERR_GET_REASON(ERR_peek_error()) == SSL_R_HTTP_REQUEST;
  ERR_clear_error();
  broken_ = true;
  if (is_plain) ::send(socket_, plain_http_on_tls.data(), plain_http_on_tls.size(), MSG_NOSIGNAL);
  return false;
}

bool Connection::is_readable_within(Milliseconds time) const {
  if (begin_ < end_ || (tls_ && SSL_pending(tls_.get()) > 0)) return true;
  pollfd polled{socket_, POLLIN, 0};
  return ::poll(&polled, 1, static_cast<int>(time.count())) > 0;
}

ssize_t Connection::receive(char* to, std::size_t size) {
  if (broken_) return -1;
  if (tls_) {
    ERR_clear_error();
    const int got = SSL_read(tls_.get(), to, static_cast<int>(size));
    if (got > 0) return got;
    const bool is_end = SSL_get_error(tls_.get(), got) == SSL_ERROR_ZERO_RETURN;
    broken_ = !is_end;  // after any other failure nothing may be said under this TLS
    return is_end ? 0 : -1;
  }
  ssize_t got = -1;
  do {
    got = ::recv(socket_, to, size, 0);
  } while (got < 0 && errno == EINTR);
  return got;
}

ssize_t Connection::read(char* to, std::size_t size) {
  if (begin_ == end_) {
    const ssize_t got = receive(buffer_.data(), buffer_.size());
    if (got <= 0) return got;
    begin_ = 0;
    end_ = static_cast<std::size_t>(got);
  }
  const std::size_t taken = std::min(size, end_ - begin_);
  std::memcpy(to, buffer_.data() + begin_, taken);
  begin_ += taken;
  return static_cast<ssize_t>(taken);
}

bool Connection::send_all(std::string_view data) {
  while (!data.empty() && !broken_) {
    ssize_t sent = -1;
    if (tls_) {
      constexpr std::size_t most = 1U << 20U;
      ERR_clear_error();
      sent = SSL_write(tls_.get(), data.data(), static_cast<int>(std::min(data.size(), most)));
      if (sent <= 0) broken_ = true;
    } else {
      sent = ::send(socket_, data.data(), data.size(), MSG_NOSIGNAL);
      if (sent < 0 && errno != EINTR) broken_ = true;
    }
    if (sent > 0) data.remove_prefix(static_cast<std::size_t>(sent));
  }
  return !broken_;
}

bool Connection::send_slowly(std::string_view data) {
  // A tenth of a second's bytes at a time, or one byte where a second has fewer than ten.
  const std::uint64_t rate = fault_.bytes_per_second;
  const auto piece = static_cast<std::size_t>(std::max<std::uint64_t>(rate / 10, 1));
  const Milliseconds pause{static_cast<Milliseconds::rep>(piece * 1'000U / rate)};
  while (!data.empty() && send_all(data.substr(0, piece))) {
    data.remove_prefix(std::min(piece, data.size()));
    if (!clock_.wait(pause, stop_)) broken_ = true;
  }
  return !broken_;
}

bool Connection::send_answer(std::string_view data) {
  if (!in_body_) {
    // The library writes the whole head in one piece.
    const std::size_t blank_line = data.find("\r\n\r\n");
    const std::size_t head = blank_line == std::string_view::npos ? data.size() : blank_line + 4;
    in_body_ = blank_line != std::string_view::npos;
    if (!send_all(data.substr(0, head))) return false;
    data.remove_prefix(head);
  }
  const bool is_cut = fault_.body_bytes && data.size() > *fault_.body_bytes;
  if (is_cut) data = data.substr(0, static_cast<std::size_t>(*fault_.body_bytes));
  if (fault_.body_bytes) *fault_.body_bytes -= data.size();
  const bool sent = fault_.bytes_per_second > 0 ? send_slowly(data) : send_all(data);
  if (is_cut) broken_ = true;
  return sent;
}

ssize_t Connection::write(const char* data, std::size_t size) {
  if (fault_.breaks) broken_ = true;
  if (broken_) return -1;
  const bool has_fault = fault_.body_bytes || fault_.bytes_per_second > 0;
  const std::string_view text(data, size);
  const bool sent = has_fault ? send_answer(text) : send_all(text);
  return sent ? static_cast<ssize_t>(size) : -1;
}

void Connection::get_remote_ip_and_port(std::string& ip, int& port) const {
  sockaddr_storage address{};
  socklen_t size = sizeof(address);
  if (::getpeername(socket_, reinterpret_cast<sockaddr*>(&address), &size) == 0) {
    socket_name(address, size, ip, port);
  }
}

void Connection::get_local_ip_and_port(std::string& ip, int& port) const {
  sockaddr_storage address{};
  socklen_t size = sizeof(address);
  if (::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size) == 0) {
    socket_name(address, size, ip, port);
  }
}

}  // namespace syncwright::emulator
