#include "syncwright/http/curl_transport.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>

#include "http/curl_transfer.h"
#include "http/libcurl.h"

// libcurl's multi handle shares connections between transfers, and only one thread may touch it;
// callers are many, and each wants a plain blocking call that a stop request ends at once. So one
// thread drives all transfers, and callers hand theirs over in a queue. What is delicate is the
// end: a transfer lives on its caller's stack, and that caller returns as soon as it sees the
// result. Whoever sets the result must be done with the transfer, and must wake the caller before
// it lets go of the lock; otherwise it touches a stack that is gone.

namespace syncwright::http {

namespace {

/// A transfer and the place where its sender waits. Lives on the sender's stack: the driving thread
/// does not touch it after `result` is set.
struct Waiting {
  explicit Waiting(CurlTransfer& under_way) : transfer(under_way) {}

  CurlTransfer& transfer;
  std::optional<Result<HttpResponse>> result;
  std::condition_variable finished;
};

class CurlTransport final : public HttpTransport {
 public:
  CurlTransport(const Libcurl& curl, CURLM* multi, CurlOptions options)
      : curl_(curl), options_(std::move(options)), multi_(multi, curl.multi_cleanup) {
    options_.max_connections = std::max(1, options_.max_connections);
    curl_.multi_setopt(multi_.get(), CURLMOPT_MAX_TOTAL_CONNECTIONS,
                       static_cast<long>(options_.max_connections));
    curl_.multi_setopt(multi_.get(), CURLMOPT_MAXCONNECTS,
                       static_cast<long>(options_.max_connections));
    driver_ = std::jthread([this](const std::stop_token& stop) { drive(stop); });
  }

  CurlTransport(const CurlTransport&) = delete;
  CurlTransport& operator=(const CurlTransport&) = delete;

  ~CurlTransport() override {
    driver_.request_stop();
    curl_.multi_wakeup(multi_.get());
    driver_.join();
  }

  Result<HttpResponse> send(const HttpRequest& request, std::stop_token stop) override {
    CurlTransfer transfer(curl_, request, options_, stop);
    if (transfer.refusal()) return fail(*transfer.refusal());
    Waiting waiting(transfer);
    {
      const std::scoped_lock lock(mutex_);
      queue_.push_back(&waiting);
    }
    curl_.multi_wakeup(multi_.get());
    const std::stop_callback wake(stop, [this] { curl_.multi_wakeup(multi_.get()); });
    std::unique_lock lock(mutex_);
    waiting.finished.wait(lock, [&waiting] { return waiting.result.has_value(); });
    return *std::move(waiting.result);
  }

 private:
  void drive(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      int running = 0;
      const CURLMcode moved = curl_.multi_perform(multi_.get(), &running);
      finish_completed();
      if (moved != CURLM_OK) fail_active(moved);
      drop_cancelled();
      admit();
      // Returns at once for anything that happened since: wake-ups and fresh handles count.
      curl_.multi_poll(multi_.get(), nullptr, 0, 60'000, nullptr);
    }
  }

  void finish_completed() {
    int left = 0;
    while (const CURLMsg* message = curl_.multi_info_read(multi_.get(), &left)) {
      if (message->msg != CURLMSG_DONE) continue;
      const CURLcode code = message->data.result;
      const auto found = std::find_if(active_.begin(), active_.end(), [&](const Waiting* waiting) {
        return waiting->transfer.handle() == message->easy_handle;
      });
      Waiting& waiting = **found;
      active_.erase(found);
      curl_.multi_remove_handle(multi_.get(), waiting.transfer.handle());
      finish(waiting, waiting.transfer.outcome(code));
    }
  }

  /// libcurl cannot go on with any of them: how far each came is not known.
  void fail_active(CURLMcode code) {
    for (Waiting* waiting : std::exchange(active_, {})) {
      curl_.multi_remove_handle(multi_.get(), waiting->transfer.handle());
      finish(*waiting, fail(waiting->transfer.error(ErrorKind::transport, words_of(code))));
    }
  }

  [[nodiscard]] std::string words_of(CURLMcode code) const {
    return std::string("libcurl failed: ") + curl_.multi_strerror(code);
  }

  void drop_cancelled() {
    std::erase_if(active_, [this](Waiting* waiting) {
      if (!waiting->transfer.is_cancelled()) return false;
      curl_.multi_remove_handle(multi_.get(), waiting->transfer.handle());
      finish(*waiting, fail(waiting->transfer.cancellation()));
      return true;
    });
    for (Waiting* waiting : take_cancelled_from_queue()) {
      finish(*waiting, fail(waiting->transfer.cancellation()));
    }
  }

  std::vector<Waiting*> take_cancelled_from_queue() {
    const std::scoped_lock lock(mutex_);
    std::vector<Waiting*> cancelled;
    std::erase_if(queue_, [&cancelled](Waiting* waiting) {
      if (!waiting->transfer.is_cancelled()) return false;
      cancelled.push_back(waiting);
      return true;
    });
    return cancelled;
  }

  /// libcurl's deadlines run from here, so nothing is handed over that would wait for a connection.
  void admit() {
    while (active_.size() < static_cast<std::size_t>(options_.max_connections)) {
      Waiting* waiting = take_first_of_queue();
      if (waiting == nullptr) return;
      const CURLMcode code = curl_.multi_add_handle(multi_.get(), waiting->transfer.handle());
      if (code == CURLM_OK) {
        active_.push_back(waiting);
      } else {
        finish(*waiting, fail(waiting->transfer.error(ErrorKind::internal, words_of(code))));
      }
    }
  }

  /// nullptr: it is empty.
  Waiting* take_first_of_queue() {
    const std::scoped_lock lock(mutex_);
    if (queue_.empty()) return nullptr;
    Waiting* first = queue_.front();
    queue_.pop_front();
    return first;
  }

  void finish(Waiting& waiting, Result<HttpResponse> result) {
    const std::scoped_lock lock(mutex_);
    waiting.result = std::move(result);
    waiting.finished.notify_one();  // under the lock: the sender may be gone right after
  }

  const Libcurl& curl_;
  CurlOptions options_;
  std::unique_ptr<CURLM, decltype(Libcurl::multi_cleanup)> multi_;
  std::mutex mutex_;
  std::deque<Waiting*> queue_;    ///< guarded by mutex_
  std::vector<Waiting*> active_;  ///< the driving thread's alone
  std::jthread driver_;           ///< last: ends before the rest goes
};

}  // namespace

Result<std::unique_ptr<HttpTransport>> make_curl_transport(const CurlOptions& options) {
  const auto curl = load_libcurl();
  if (!curl) return fail(curl.error());
  CURLM* multi = (*curl)->multi_init();
  if (multi == nullptr) return fail(ErrorKind::internal, "libcurl gave no handle for requests");
  return std::make_unique<CurlTransport>(**curl, multi, options);
}

}  // namespace syncwright::http
