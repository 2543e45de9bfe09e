#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <deque>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace syncwright::http {

/// A loopback server that sends bytes as they are, for answers that no proper server gives. Each
/// request takes the next answer; after it the connection stays open or is closed. Requests have
/// no body.
class RawServer {
 public:
  struct Answer {
    std::string bytes;
    bool keep_open = false;
  };

  explicit RawServer(std::vector<Answer> answers)
      : answers_(answers.begin(), answers.end()), listener_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address = loopback();
    socklen_t length = sizeof address;
    ::bind(listener_, reinterpret_cast<sockaddr*>(&address), length);
    ::listen(listener_, 16);
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &length);
    port_ = ntohs(address.sin_port);
    acceptor_ = std::jthread([this] { accept_all(); });
  }
  RawServer(const RawServer&) = delete;
  RawServer& operator=(const RawServer&) = delete;
  ~RawServer() {
    ::shutdown(listener_, SHUT_RDWR);
    acceptor_.join();
    ::close(listener_);
    for (const int connection : connections_) ::shutdown(connection, SHUT_RDWR);
    threads_.clear();
    for (const int connection : connections_) ::close(connection);
  }

  [[nodiscard]] std::string url() const {
    return "http://127.0.0.1:" + std::to_string(port_) + "/";
  }
  [[nodiscard]] int requests() const {
    const std::scoped_lock lock(mutex_);
    return requests_;
  }
  [[nodiscard]] std::string last_request() const {
    const std::scoped_lock lock(mutex_);
    return last_request_;
  }

 private:
  static sockaddr_in loopback() {
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
  }

  void accept_all() {
    while (true) {
      const int connection = ::accept(listener_, nullptr, nullptr);
      if (connection < 0) return;
      connections_.push_back(connection);
      threads_.emplace_back([this, connection] { serve(connection); });
    }
  }

  void serve(int connection) {
    while (read_request(connection)) {
      const Answer answer = next_answer();
      std::string_view rest = answer.bytes;
      while (!rest.empty()) {
        const ssize_t sent = ::send(connection, rest.data(), rest.size(), MSG_NOSIGNAL);
        if (sent <= 0) return;
        rest.remove_prefix(static_cast<std::size_t>(sent));
      }
      if (!answer.keep_open) break;
    }
    ::shutdown(connection, SHUT_RDWR);
  }

  bool read_request(int connection) {
    std::string text;
    std::array<char, 4096> buffer;
    while (!text.ends_with("\r\n\r\n")) {
      const ssize_t count = ::recv(connection, buffer.data(), buffer.size(), 0);
      if (count <= 0) return false;
      text.append(buffer.data(), static_cast<std::size_t>(count));
    }
    const std::scoped_lock lock(mutex_);
    last_request_ = std::move(text);
    return true;
  }

  Answer next_answer() {
    const std::scoped_lock lock(mutex_);
    ++requests_;
    if (answers_.empty()) return {};
    Answer answer = std::move(answers_.front());
    answers_.pop_front();
    return answer;
  }

  mutable std::mutex mutex_;
  std::deque<Answer> answers_;
  int requests_ = 0;
  std::string last_request_;
  int listener_;
  int port_ = 0;
  std::vector<int> connections_;
  std::vector<std::jthread> threads_;
  std::jthread acceptor_;
};

}  // namespace syncwright::http
