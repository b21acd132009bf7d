#include "cli/made_with.hpp"
#include "cli/node_json.hpp"
#include "intake/sha256.hpp"
#include <assay/json_writer.hpp>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

namespace assay::cli {

namespace {

std::string file_digest(const std::string& path) {
    std::ifstream in{path, std::ios::binary};
    intake::Sha256 digest;
    std::string piece(std::size_t{1} << 16U, '\0');
    while (in.read(piece.data(), static_cast<std::streamsize>(piece.size())) || in.gcount() > 0)
        digest.update(std::string_view{piece}.substr(0, static_cast<std::size_t>(in.gcount())));
    return intake::hex(digest.finish());
}

/// A stage with the very plugin that makes it.
class Plugins {
  public:
    explicit Plugins(const Session& session) : session_{session} {}
    std::string sentence(pipeline::ComponentKind kind, const pipeline::Stage& stage) {
        std::string out = std::string{pipeline::name_of(kind)} + " '" + stage.name.text + "': ";
        const auto offer = registry::find(session_.registry(), kind, stage.use.text);
        if (!offer) return out + "no plugin";
        const auto& plugin = *offer->plugin;
        auto [digest, fresh] = digests_.try_emplace(plugin.path);
        if (fresh) digest->second = file_digest(plugin.path);
        return out + "plugin " + plugin.info.id + " " + plugin.info.version + " (sha256 " + digest->second +
               "), options " + json_of(stage.with).dump();
    }

  private:
    const Session& session_;
    std::map<std::string, std::string> digests_;
};

template <class T> void optional_field(JsonWriter& json, const char* key, const std::optional<T>& value) {
    if (value) json.field(key, *value);
}

std::string sentence(const pipeline::ColumnRule& rule) {
    JsonWriter json;
    json.object();
    optional_field(json, "role", rule.role);
    optional_field(json, "unit", rule.unit);
    optional_field(json, "direction", rule.direction);
    optional_field(json, "alias", rule.alias);
    optional_field(json, "type", rule.type);
    optional_field(json, "label", rule.label);
    optional_field(json, "scale", rule.scale);
    optional_field(json, "decimal", rule.decimal);
    return "columns '" + rule.pattern.text + "': " + json.end().take();
}

} // namespace

std::vector<std::string> made_with(const pipeline::Pipeline& pipeline, const Session& session) {
    std::vector<std::string> out{"assay " ASSAY_VERSION " (sha256 " + file_digest("/proc/self/exe") + ")"};
    Plugins plugins{session};
    for (const auto& stage : pipeline.parsers) out.push_back(plugins.sentence(pipeline::ComponentKind::parser, stage));
    for (const auto& stage : pipeline.analyzers)
        out.push_back(plugins.sentence(pipeline::ComponentKind::analyzer, stage));
    for (const auto& rule : pipeline.columns) out.push_back(sentence(rule));
    if (pipeline.status.failed) out.push_back("status.failed: " + pipeline.status.failed->text);
    if (pipeline.status.suspect) out.push_back("status.suspect: " + pipeline.status.suspect->text);
    if (pipeline.status.published) out.push_back("status.published: " + pipeline.status.published->text);
    for (const auto& [name, limit] : {std::pair{"artifact_bytes", pipeline.limits.artifact_bytes},
                                      std::pair{"view_bytes", pipeline.limits.view_bytes},
                                      std::pair{"artifact_seconds", pipeline.limits.artifact_seconds},
                                      std::pair{"artifact_memory", pipeline.limits.artifact_memory}})
        if (limit) out.push_back(std::string{"limits."} + name + ": " + std::to_string(*limit));
    return out;
}

} // namespace assay::cli
