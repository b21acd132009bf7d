#include "registry/manifest.hpp"
#include <assay/abi.h>
#include <bit>
#include <cerrno>
#include <cstring>
#include <elf.h>
#include <fcntl.h>
#include <string_view>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

namespace assay::registry {
namespace {

static_assert(std::endian::native == std::endian::little, "ELF headers are read as they are");

#if defined(__x86_64__)
constexpr unsigned this_machine = EM_X86_64;
#elif defined(__aarch64__)
constexpr unsigned this_machine = EM_AARCH64;
#elif defined(__riscv)
constexpr unsigned this_machine = EM_RISCV;
#else
#error "name this machine's ELF number here"
#endif

constexpr std::size_t names_limit = 1U << 20U; // bytes of section names

class File {
  public:
    explicit File(const std::string& path) : descriptor_{open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)} {}
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    ~File() {
        if (descriptor_ >= 0) close(descriptor_);
    }
    int descriptor() const { return descriptor_; }
    // False unless all `size` bytes are there.
    bool read_at(std::uint64_t offset, void* buffer, std::size_t size) const {
        if (offset > static_cast<std::uint64_t>(INT64_MAX) - size) return false;
        auto* out = static_cast<char*>(buffer);
        for (std::size_t done = 0; done < size;) {
            const ssize_t got = pread(descriptor_, out + done, size - done, static_cast<off_t>(offset + done));
            if (got < 0 && errno == EINTR) continue;
            if (got <= 0) return false;
            done += static_cast<std::size_t>(got);
        }
        return true;
    }

  private:
    int descriptor_;
};

ManifestSection refuse(std::string reason, std::string found, std::string expected = {}) {
    return {SectionState::refused, {}, {std::move(reason), std::move(found), std::move(expected)}};
}

std::optional<ManifestSection> refuse_header(const Elf64_Ehdr& header) {
    if (std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0) {
        return refuse("not-elf", "not an ELF file", "a shared object built by assay_add_plugin");
    }
    if (header.e_ident[EI_CLASS] != ELFCLASS64 || header.e_ident[EI_DATA] != ELFDATA2LSB ||
        header.e_machine != this_machine) {
        return refuse("wrong-machine",
                      "built for another machine (ELF machine " + std::to_string(header.e_machine) + ")",
                      "64-bit little-endian ELF machine " + std::to_string(this_machine));
    }
    if (header.e_type != ET_DYN) {
        return refuse("not-shared", "an ELF file of type " + std::to_string(header.e_type), "a shared object");
    }
    return {};
}

ManifestSection broken(const std::string& what) {
    return refuse("broken-elf", "a damaged ELF file: " + what, "an intact shared object");
}

ManifestSection read_sections(const File& file, const Elf64_Ehdr& header) {
    // No section headers, or more than the header can count: the plugin itself may still be asked.
    if (header.e_shoff == 0 || header.e_shnum == 0 || header.e_shstrndx >= header.e_shnum) return {};
    if (header.e_shentsize != sizeof(Elf64_Shdr)) return broken("its section headers have another size");
    std::vector<Elf64_Shdr> sections(header.e_shnum);
    if (!file.read_at(header.e_shoff, sections.data(), sections.size() * sizeof(Elf64_Shdr))) {
        return broken("its section headers lie beyond its end");
    }
    const Elf64_Shdr& names_header = sections[header.e_shstrndx];
    if (names_header.sh_size > names_limit) return broken("its section names are too long");
    std::string names(names_header.sh_size, '\0');
    if (!file.read_at(names_header.sh_offset, names.data(), names.size())) {
        return broken("its section names lie beyond its end");
    }
    for (const Elf64_Shdr& section : sections) {
        // c_str() ends the last name where the table does not.
        if (section.sh_name >= names.size() ||
            std::string_view{names.c_str() + section.sh_name} != ASSAY_MANIFEST_SECTION)
            continue;
        if (section.sh_type == SHT_NOBITS || (section.sh_flags & SHF_COMPRESSED) != 0) return {};
        if (section.sh_size > manifest_limit) {
            return refuse("bad-manifest", "a manifest of " + std::to_string(section.sh_size) + " bytes",
                          "at most " + std::to_string(manifest_limit));
        }
        std::string json(section.sh_size, '\0');
        if (!file.read_at(section.sh_offset, json.data(), json.size()))
            return broken("its manifest lies beyond its end");
        while (!json.empty() && json.back() == '\0') json.pop_back(); // a C string in the section has its terminator
        return {SectionState::found, std::move(json), {}};
    }
    return {};
}

} // namespace

ManifestSection read_manifest_section(const std::string& path) {
    struct stat status {};
    if (stat(path.c_str(), &status) != 0) return refuse("unreadable", std::strerror(errno), "a readable file");
    // Looked at before it is opened: opening a FIFO or a device has effects.
    if (!S_ISREG(status.st_mode)) return refuse("not-a-file", "not a regular file", "a shared object");
    const File file{path};
    if (file.descriptor() < 0) return refuse("unreadable", std::strerror(errno), "a readable file");
    Elf64_Ehdr header{};
    if (!file.read_at(0, &header, sizeof header)) {
        return refuse("not-elf", "a file of " + std::to_string(status.st_size) + " bytes, too short for ELF",
                      "a shared object built by assay_add_plugin");
    }
    if (auto refused = refuse_header(header)) return *std::move(refused);
    return read_sections(file, header);
}

} // namespace assay::registry
