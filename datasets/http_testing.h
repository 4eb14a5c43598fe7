// A web server on this machine for tests, which can misbehave in every way: a test says what bytes it answers.
#ifndef DATASETS_HTTP_TESTING_H_
#define DATASETS_HTTP_TESTING_H_

#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace dl {

struct HttpRequest {
  std::string path;           // "/a/file"
  int64_t start = 0;          // the first byte that is asked for
  std::string if_range = {};  // the entity tag on which `start` depends
};

// The other end of one connection, which is closed after the handler returns.
class HttpConnection {
 public:
  explicit HttpConnection(int socket) : socket_(socket) {}
  void Send(std::string_view bytes);
  void Reset();         // instead of the orderly end
  void WaitForClose();  // until the client gives up

 private:
  int socket_;
};

// Answers one connection after the other, each with one request, until it is destroyed.
class HttpServer {
 public:
  using Handler = std::function<void(const HttpRequest&, HttpConnection*)>;
  explicit HttpServer(Handler handler);
  ~HttpServer();

  std::string Url(const std::string& path) const;  // "http://127.0.0.1:PORT/PATH"
  std::vector<HttpRequest> requests() const;       // answered so far

 private:
  void Serve();

  const Handler handler_;
  int socket_, port_;
  mutable std::mutex mutex_;
  std::vector<HttpRequest> requests_;
  std::thread thread_;
};

// A response of `status` ("200 OK") with `headers`, each ended by "\r\n", and a Content-Length that is that of `body`.
std::string HttpResponse(const std::string& status, const std::string& headers, const std::string& body);

// What a good server answers for a file of that content and entity tag (with its quotes; empty: none).
std::string HttpFile(const HttpRequest& request, const std::string& content, const std::string& etag);

}  // namespace dl

#endif  // DATASETS_HTTP_TESTING_H_
