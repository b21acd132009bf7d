#include "chat/server.hpp"
#include <arpa/inet.h>
#include <assay/json_writer.hpp>
#include <cctype>
#include <netinet/in.h>
#include <poll.h>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>

namespace served {

namespace {

int listening(int& port) {
    const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (listener < 0 || bind(listener, reinterpret_cast<sockaddr*>(&address), size) != 0 || listen(listener, 16) != 0 ||
        getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size) != 0)
        throw std::runtime_error{"no port to serve on"};
    port = ntohs(address.sin_port);
    return listener;
}

std::string lower(std::string text) {
    for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return text;
}

std::size_t length_in(const std::string& head) {
    const auto at = head.find("content-length:");
    return at == std::string::npos ? 0 : std::stoul(head.substr(at + 15));
}

std::string delta(const std::string& text, bool ollama) {
    assay::JsonWriter json;
    if (ollama) {
        json.object().field("model", "tiny").key("message").object().field("role", "assistant").field("content", text);
        return json.end().field("done", false).end().take() + "\n";
    }
    json.object().field("model", "tiny").key("choices").array().object().field("index", 0).key("delta").object();
    return "data: " + json.field("content", text).end().key("finish_reason").null().end().end().end().take() + "\n\n";
}

} // namespace

bool Connection::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

bool Connection::answer(int status, std::string_view type, std::string_view body, std::string_view more_headers) {
    std::string text = "HTTP/1.1 " + std::to_string(status) + " Status\r\nContent-Type: ";
    text.append(type).append("\r\nContent-Length: ").append(std::to_string(body.size())).append("\r\n");
    return send(text.append(more_headers).append("\r\n").append(body));
}

bool Connection::begin(std::string_view type, std::string_view more_headers) {
    std::string text = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: ";
    return send(text.append(type).append("\r\n").append(more_headers).append("\r\n"));
}

void Connection::wait(double seconds) const {
    const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds);
    while (!stopping_ && std::chrono::steady_clock::now() < end)
        std::this_thread::sleep_for(std::chrono::milliseconds{2});
}

void Connection::reset() {
    const linger now{1, 0};
    setsockopt(socket_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
}

Server::Server(Behaviour behaviour) : behaviour_{std::move(behaviour)} {
    listener_ = listening(port_);
    thread_ = std::thread{[this] { serve(); }};
}

Server::~Server() {
    stopping_ = true;
    thread_.join();
    close(listener_);
}

std::string Server::url() const { return "http://127.0.0.1:" + std::to_string(port_); }

std::vector<Seen> Server::seen() const {
    const std::lock_guard lock{mutex_};
    return seen_;
}

std::size_t Server::count(std::string_view path) const {
    std::size_t n = 0;
    for (const auto& request : seen()) n += request.path == path ? 1U : 0U;
    return n;
}

void Server::serve() {
    while (!stopping_) {
        pollfd ready{listener_, POLLIN, 0};
        if (poll(&ready, 1, 5) <= 0) continue;
        const int socket = accept(listener_, nullptr, nullptr);
        if (socket < 0) continue;
        talk(socket);
        close(socket);
    }
}

void Server::talk(int socket) {
    std::string text;
    std::size_t head_end = std::string::npos, body_size = 0;
    while (head_end == std::string::npos || text.size() < head_end + 4 + body_size) {
        pollfd ready{socket, POLLIN, 0};
        if (stopping_) return;
        if (poll(&ready, 1, 5) <= 0) continue;
        char buffer[65536];
        const auto got = recv(socket, buffer, sizeof buffer, 0);
        if (got <= 0) return;
        text.append(buffer, static_cast<std::size_t>(got));
        if (head_end != std::string::npos) continue;
        head_end = text.find("\r\n\r\n");
        if (head_end != std::string::npos) body_size = length_in(lower(text.substr(0, head_end)));
    }
    Seen request;
    const auto first = text.find(' '), second = text.find(' ', first + 1);
    request.method = text.substr(0, first);
    request.path = text.substr(first + 1, second - first - 1);
    request.head = lower(text.substr(0, head_end));
    request.body = text.substr(head_end + 4);
    {
        const std::lock_guard lock{mutex_};
        seen_.push_back(request);
    }
    Connection connection{socket, stopping_};
    behaviour_(connection, request);
}

std::string nowhere() {
    int port = 0;
    close(listening(port));
    return "http://127.0.0.1:" + std::to_string(port);
}

std::string ollama_stream(const std::vector<std::string>& texts) {
    std::string out;
    for (const auto& text : texts) out += delta(text, true);
    return out + R"({"model":"tiny","message":{"role":"assistant","content":""},"done":true,"done_reason":"stop",)"
                 R"("total_duration":2000000000,"load_duration":500000000,"prompt_eval_count":40,)"
                 R"("prompt_eval_duration":400000000,"eval_count":20,"eval_duration":1000000000})"
                 "\n";
}

std::string openai_stream(const std::vector<std::string>& texts) {
    std::string out;
    for (const auto& text : texts) out += delta(text, false);
    return out + R"(data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":null})"
                 "\n\n"
                 R"(data: {"choices":[],"usage":{"prompt_tokens":40,"completion_tokens":20,"total_tokens":60}})"
                 "\n\ndata: [DONE]\n\n";
}

} // namespace served
