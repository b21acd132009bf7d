#pragma once
// A server on a port of this machine that does what a test tells it to, also what no server should.
#include <atomic>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace served {

/// A request as it came.
struct Seen {
    std::string method, path, head, body; ///< head: the header lines, in lower case
};

class Connection {
  public:
    Connection(int socket, const std::atomic<bool>& stopping) : socket_{socket}, stopping_{stopping} {}
    /// False once the other side has gone.
    bool send(std::string_view bytes);
    bool answer(int status, std::string_view type, std::string_view body, std::string_view more_headers = "");
    /// The head of an answer that ends with the connection.
    bool begin(std::string_view type, std::string_view more_headers = "");
    void wait(double seconds) const;
    /// Ends the connection as a crash does, with a reset.
    void reset();
    bool wanted() const { return !stopping_; }

  private:
    int socket_;
    const std::atomic<bool>& stopping_;
};

class Server {
  public:
    using Behaviour = std::function<void(Connection&, const Seen&)>;
    explicit Server(Behaviour behaviour);
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    std::string url() const; ///< http://127.0.0.1:PORT
    std::vector<Seen> seen() const;
    std::size_t count(std::string_view path) const; ///< of requests for it

  private:
    void serve();
    void talk(int socket);
    Behaviour behaviour_;
    int listener_ = -1;
    int port_ = 0;
    std::atomic<bool> stopping_{false};
    mutable std::mutex mutex_;
    std::vector<Seen> seen_;
    std::thread thread_;
};

/// A port of this machine where nobody listens.
std::string nowhere();

/// Ollama's stream of these texts, with its last record.
std::string ollama_stream(const std::vector<std::string>& texts);
/// The same by the other protocol, with usage.
std::string openai_stream(const std::vector<std::string>& texts);

} // namespace served
