#pragma once

#include <httplib.h>

#include <memory>
#include <string>
#include <thread>
#include <utility>

namespace syncwright::http {

/// A real HTTP server on a free loopback port. Routes are added to `server()` before `start`.
class LoopbackServer {
 public:
  explicit LoopbackServer(std::unique_ptr<httplib::Server> server = nullptr,
                          std::string scheme = "http")
      : server_(server ? std::move(server) : std::make_unique<httplib::Server>()),
        scheme_(std::move(scheme)) {
    server_->new_task_queue = [] { return new httplib::ThreadPool(16); };
    server_->set_tcp_nodelay(true);
  }
  LoopbackServer(const LoopbackServer&) = delete;
  LoopbackServer& operator=(const LoopbackServer&) = delete;
  ~LoopbackServer() {
    server_->stop();
    if (thread_.joinable()) thread_.join();
  }

  [[nodiscard]] httplib::Server& server() { return *server_; }

  void start() {
    port_ = server_->bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { server_->listen_after_bind(); });
    while (!server_->is_running()) std::this_thread::yield();  // stop() before that is lost
  }

  [[nodiscard]] std::string url(const std::string& path) const {
    return scheme_ + "://127.0.0.1:" + std::to_string(port_) + path;
  }

 private:
  std::unique_ptr<httplib::Server> server_;
  std::string scheme_;
  std::thread thread_;
  int port_ = 0;
};

}  // namespace syncwright::http
