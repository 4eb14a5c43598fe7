#include "datasets/http_testing.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>

#include "absl/strings/str_cat.h"
#include "modules/base/check.h"

namespace dl {
namespace {

// The value of the header `name`, in small letters; empty where it is not there.
std::string Header(const std::string& head, const std::string& name) {
  const std::string line = "\r\n" + name + ": ";
  const size_t start = head.find(line);
  if (start == std::string::npos) return "";
  const size_t value = start + line.size();
  return head.substr(value, head.find("\r\n", value) - value);
}

HttpRequest Parse(const std::string& head) {
  const size_t path = head.find(' ') + 1;
  HttpRequest request = {.path = head.substr(path, head.find(' ', path) - path)};
  if (const std::string range = Header(head, "Range"); !range.empty()) {
    request.start = std::atoll(range.c_str() + range.find('=') + 1);
  }
  request.if_range = Header(head, "If-Range");
  return request;
}

}  // namespace

void HttpConnection::Send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return;  // the client has gone
    bytes.remove_prefix(static_cast<size_t>(sent));
  }
}

void HttpConnection::Reset() {
  const linger at_once = {.l_onoff = 1, .l_linger = 0};
  setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once));
}

void HttpConnection::WaitForClose() {
  char byte;
  while (recv(socket_, &byte, 1, 0) > 0) {
  }
}

HttpServer::HttpServer(Handler handler) : handler_(std::move(handler)), socket_(socket(AF_INET, SOCK_STREAM, 0)) {
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(address);
  DL_CHECK(bind(socket_, reinterpret_cast<sockaddr*>(&address), size) == 0 && listen(socket_, 8) == 0 &&
           getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size) == 0);
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { Serve(); });
}

HttpServer::~HttpServer() {
  shutdown(socket_, SHUT_RDWR);
  thread_.join();
  close(socket_);
}

std::string HttpServer::Url(const std::string& path) const {
  return absl::StrCat("http://127.0.0.1:", port_, "/", path);
}

std::vector<HttpRequest> HttpServer::requests() const {
  const std::lock_guard lock(mutex_);
  return requests_;
}

void HttpServer::Serve() {
  for (int client; (client = accept(socket_, nullptr, nullptr)) >= 0; close(client)) {
    std::string head;
    char bytes[4096];
    while (head.find("\r\n\r\n") == std::string::npos) {
      const ssize_t size = recv(client, bytes, sizeof(bytes), 0);
      if (size <= 0) break;
      head.append(bytes, static_cast<size_t>(size));
    }
    if (head.empty()) continue;
    const HttpRequest request = Parse(head);
    {
      const std::lock_guard lock(mutex_);
      requests_.push_back(request);
    }
    HttpConnection connection(client);
    handler_(request, &connection);
  }
}

std::string HttpResponse(const std::string& status, const std::string& headers, const std::string& body) {
  return absl::StrCat("HTTP/1.1 ", status, "\r\nConnection: close\r\nContent-Length: ", body.size(), "\r\n", headers,
                      "\r\n", body);
}

std::string HttpFile(const HttpRequest& request, const std::string& content, const std::string& etag) {
  const std::string tag = etag.empty() ? "" : "ETag: " + etag + "\r\n";
  const auto size = static_cast<int64_t>(content.size());
  if (request.start == 0 || (!request.if_range.empty() && request.if_range != etag)) {
    return HttpResponse("200 OK", tag, content);
  }
  if (request.start >= size) {
    return HttpResponse("416 Range Not Satisfiable", absl::StrCat("Content-Range: bytes */", size, "\r\n"), "");
  }
  const std::string range = absl::StrCat("Content-Range: bytes ", request.start, "-", size - 1, "/", size, "\r\n");
  return HttpResponse("206 Partial Content", tag + range, content.substr(request.start));
}

}  // namespace dl
