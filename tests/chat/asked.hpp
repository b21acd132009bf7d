#pragma once
// Settings and requests that tests share: short waits, a small schema.
#include "chat/ask.hpp"
#include <boost/filesystem.hpp>
#include <fstream>
#include <sstream>

namespace asked {

inline assay::chat::ModelSettings settings(const std::string& provider, const std::string& url) {
    assay::chat::ModelSettings s;
    s.provider = provider;
    s.endpoint = url;
    s.model = "tiny";
    s.connect_s = 1;
    s.first_token_s = 2;
    s.total_s = 5;
    s.backoff_s = 0.01;
    return s;
}

inline assay::chat::Request request(const std::string& text = "Which is the fastest of the models named below?") {
    return {{{"system", "You are brief."}, {"user", text}}, R"({"type": "object"})", 50};
}

class Folder {
  public:
    Folder() : path_{boost::filesystem::temp_directory_path() / boost::filesystem::unique_path("chat-%%%%%%%%")} {}
    ~Folder() {
        boost::system::error_code ignored;
        boost::filesystem::remove_all(path_, ignored);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    std::string path() const { return path_.string(); }
    /// Of files whose name begins so.
    std::vector<std::string> files(const std::string& prefix = "") const {
        std::vector<std::string> out;
        if (boost::filesystem::exists(path_))
            for (const auto& entry : boost::filesystem::directory_iterator{path_})
                if (entry.path().filename().string().starts_with(prefix)) out.push_back(entry.path().string());
        return out;
    }

  private:
    boost::filesystem::path path_;
};

inline std::string content(const std::string& path) {
    std::ifstream file{path, std::ios::binary};
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

} // namespace asked
