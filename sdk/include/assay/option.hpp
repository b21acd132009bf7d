#pragma once
// Options of a component: members that describe themselves. Their names, types, defaults and help texts become the
// manifest, against which a pipeline is checked before anything runs.
#include <assay/abi.h>
#include <assay/failure.hpp>
#include <assay/host.hpp>
#include <assay/json_writer.hpp>
#include <assay/strings.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace assay {

/// What an option accepts beyond its type.
struct Accepts {
    std::optional<double> minimum = {}, maximum = {};
    std::vector<std::string> choices = {};
};
inline Accepts range(double minimum, double maximum) { return {minimum, maximum, {}}; }
inline Accepts at_least(double minimum) { return {minimum, {}, {}}; }
inline Accepts choices(std::vector<std::string> names) { return {{}, {}, std::move(names)}; }

using TextList = std::vector<std::string>;
using TextMap = std::vector<std::pair<std::string, std::string>>; ///< in the order of the pipeline

class OptionBase {
  public:
    OptionBase(std::string_view name, std::string_view help, Accepts accepts)
        : name_{name}, help_{help}, accepts_{std::move(accepts)} {}
    OptionBase(const OptionBase&) = delete;
    OptionBase& operator=(const OptionBase&) = delete;
    virtual ~OptionBase() = default;
    virtual void read(const assay_value& value) = 0;
    virtual void describe(JsonWriter& json) const = 0;
    std::string_view name() const { return name_; }

  protected:
    void describe(JsonWriter& json, std::string_view type) const {
        json.field("name", name_).field("type", accepts_.choices.empty() ? type : "choice").field("help", help_);
        json.field("min", accepts_.minimum).field("max", accepts_.maximum).key("choices").array();
        for (const auto& choice : accepts_.choices) json.value(choice);
        json.end();
    }
    std::string name_, help_;
    Accepts accepts_;
};

/// Base of all components: what has options.
class Component {
  public:
    Component() = default;
    Component(const Component&) = delete;
    Component& operator=(const Component&) = delete;
    virtual ~Component() = default;
    /// Called once, after the options have their values. Throw BadOption where they do not go together.
    virtual void configured() {}

    void add(OptionBase& option) { options_.push_back(&option); }
    void configure(const assay_value* values) {
        for (std::size_t i = 0; values && i < values->n_items; ++i)
            for (OptionBase* option : options_)
                if (option->name() == view(values->items[i].key)) option->read(values->items[i]);
        configured();
    }
    const std::vector<OptionBase*>& options() const { return options_; }
    /// Not yet there in the constructor.
    const Host& host() const { return host_; }
    void attach(const assay_host* host) { host_ = Host{host}; }

  private:
    std::vector<OptionBase*> options_;
    Host host_;
};

namespace detail {
template <class T> struct OptionType;
template <> struct OptionType<bool> {
    static constexpr std::string_view name = "bool";
    static bool read(const assay_value& v) { return v.boolean != 0; }
    static void write(JsonWriter& json, bool v) { json.value(v); }
};
template <> struct OptionType<std::int64_t> {
    static constexpr std::string_view name = "int";
    static std::int64_t read(const assay_value& v) { return v.integer; }
    static void write(JsonWriter& json, std::int64_t v) { json.value(v); }
};
template <> struct OptionType<double> {
    static constexpr std::string_view name = "float";
    static double read(const assay_value& v) { return v.number; }
    static void write(JsonWriter& json, double v) { json.value(v); }
};
template <> struct OptionType<std::string> {
    static constexpr std::string_view name = "text";
    static std::string read(const assay_value& v) { return std::string{view(v.text)}; }
    static void write(JsonWriter& json, const std::string& v) { json.value(v); }
};
template <> struct OptionType<TextList> {
    static constexpr std::string_view name = "list";
    static TextList read(const assay_value& v) {
        TextList list;
        for (std::size_t i = 0; i < v.n_items; ++i) list.emplace_back(view(v.items[i].text));
        return list;
    }
    static void write(JsonWriter& json, const TextList& v) {
        json.array();
        for (const auto& item : v) json.value(item);
        json.end();
    }
};
template <> struct OptionType<TextMap> {
    static constexpr std::string_view name = "map";
    static TextMap read(const assay_value& v) {
        TextMap map;
        for (std::size_t i = 0; i < v.n_items; ++i) map.emplace_back(view(v.items[i].key), view(v.items[i].text));
        return map;
    }
    static void write(JsonWriter& json, const TextMap& v) {
        json.object();
        for (const auto& [key, value] : v) json.field(key, value);
        json.end();
    }
};
} // namespace detail

/// `option<double> threshold{*this, "threshold", 5.0, range(0, 100), "what it does, in one line"};`
/// T: bool, std::int64_t, double, std::string, TextList or TextMap.
template <class T> class option final : public OptionBase {
  public:
    option(Component& owner, std::string_view name, T standard, std::string_view help)
        : option(owner, name, std::move(standard), Accepts{}, help) {}
    option(Component& owner, std::string_view name, T standard, Accepts accepts, std::string_view help)
        : OptionBase{name, help, std::move(accepts)}, value_{std::move(standard)} {
        owner.add(*this);
    }
    const T& operator*() const { return value_; }
    const T* operator->() const { return &value_; }

    void read(const assay_value& value) override { value_ = detail::OptionType<T>::read(value); }
    void describe(JsonWriter& json) const override {
        json.object();
        OptionBase::describe(json, detail::OptionType<T>::name);
        json.key("default");
        detail::OptionType<T>::write(json, value_);
        json.end();
    }

  private:
    T value_;
};

} // namespace assay
