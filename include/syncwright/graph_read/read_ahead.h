#pragma once

#include <map>
#include <stop_token>
#include <string>
#include <vector>

#include "syncwright/core/error.h"
#include "syncwright/graph_read/connection.h"
#include "syncwright/http/transport.h"

namespace syncwright::graph_read {

/// The reads that are known to come next travel with the request before them, in one `$batch`
/// (docs/graph.md#4.1): a write and its proof, and the read that the next body is made of, are one
/// round trip instead of three. The service carries them out strictly one after another, and reads
/// behind a read side by side.
///
/// Who reads need not know. An answer that came ahead is handed out once, to a GET of that URL; as
/// soon as anything else is sent, whatever is left is dropped. So nothing has passed between such a
/// read and the request that follows it, as if it had been sent by itself.
///
/// A batch promises nothing that single requests would not do as well. A read that failed in one,
/// and an item that no batch takes, go out by themselves. Where the batch as a whole is refused, so
/// does what says the same thing twice; anything else is answered 503, so that its sender looks
/// whether it took effect before it sends it again. Where the answer is lost, what says the same
/// thing twice goes out by itself, and anything else is in doubt like any other request.
///
/// For one thread, over a transport that retries.
class ReadAhead final : public http::HttpTransport {
 public:
  /// Over the transport of `under`, whose requests are sent through this one instead. `under`
  /// outlives it.
  explicit ReadAhead(GraphConnection& under)
      : next_(under.transport()), root_(under.url("")), support_(under.batches()) {}

  /// Reads that follow the next request, in their order: paths behind the version
  /// (GraphReader's).
  void announce(std::vector<std::string> paths) { announced_ = std::move(paths); }

  [[nodiscard]] Result<http::HttpResponse> send(const http::HttpRequest& request,
                                                std::stop_token stop) override;

 private:
  [[nodiscard]] Result<http::HttpResponse> send_batch(const http::HttpRequest& request,
                                                      const std::vector<std::string>& paths,
                                                      const std::stop_token& stop);
  void keep(const std::vector<std::string>& paths, std::vector<http::HttpResponse> answers);

  http::HttpTransport& next_;
  const std::string root_;
  BatchSupport& support_;
  std::vector<std::string> announced_;
  std::map<std::string, http::HttpResponse> known_;  ///< by URL
};

}  // namespace syncwright::graph_read
