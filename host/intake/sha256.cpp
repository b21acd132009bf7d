#include <intake/sha256.hpp>

// SHA-256 by itself: the calls for any algorithm load libcrypto's settings and providers first, for a millisecond.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>

#include <stdexcept>

#ifdef ASSAY_SHA256_LANES
#define NO_COMPAT_IMB_API_053 // older names of the library, which are those of libcrypto, too
#include <intel-ipsec-mb.h>
#endif

namespace assay::intake {
namespace {

void check(bool available) {
    if (!available) throw std::runtime_error("SHA-256 is not available");
}

void one_by_one(std::string_view bytes, std::size_t block, unsigned char* out) {
    for (std::size_t at = 0; at < bytes.size(); at += block, out += SHA256_DIGEST_LENGTH) {
        const std::string_view one = bytes.substr(at, block);
        check(SHA256(reinterpret_cast<const unsigned char*>(one.data()), one.size(), out) != nullptr);
    }
}

#ifdef ASSAY_SHA256_LANES

struct FreeLanes {
    void operator()(IMB_MGR* lanes) const { free_mb_mgr(lanes); }
};

/// One for each thread, made when it is first needed: that takes half a millisecond. Null where it cannot be had.
IMB_MGR* lanes() {
    thread_local const std::unique_ptr<IMB_MGR, FreeLanes> all = [] {
        std::unique_ptr<IMB_MGR, FreeLanes> made{alloc_mb_mgr(0)};
        if (made) init_mb_mgr_auto(made.get(), nullptr);
        return made && imb_get_errno(made.get()) == 0 ? std::move(made) : nullptr;
    }();
    return all.get();
}

void describe(IMB_JOB& job, std::string_view block, unsigned char* out) {
    job = {};
    job.cipher_direction = IMB_DIR_ENCRYPT;
    job.chain_order = IMB_ORDER_HASH_CIPHER;
    job.cipher_mode = IMB_CIPHER_NULL;
    job.hash_alg = IMB_AUTH_SHA_256;
    job.src = reinterpret_cast<const unsigned char*>(block.data());
    job.msg_len_to_hash_in_bytes = block.size();
    job.auth_tag_output = out;
    job.auth_tag_output_len_in_bytes = SHA256_DIGEST_LENGTH;
}

void side_by_side(IMB_MGR& lanes, std::string_view bytes, std::size_t block, unsigned char* out) {
    const auto take = [](const IMB_JOB* done) { check(!done || done->status == IMB_STATUS_COMPLETED); };
    for (std::size_t at = 0; at < bytes.size(); at += block, out += SHA256_DIGEST_LENGTH) {
        describe(*IMB_GET_NEXT_JOB(&lanes), bytes.substr(at, block), out);
        take(IMB_SUBMIT_JOB(&lanes));
        check(imb_get_errno(&lanes) == 0);
    }
    while (const IMB_JOB* done = IMB_FLUSH_JOB(&lanes)) take(done);
}

#endif

} // namespace

struct Sha256::State {
    SHA256_CTX context;
};

Sha256::Sha256() : state(std::make_unique<State>()) { check(SHA256_Init(&state->context) == 1); }
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::update(std::string_view bytes) { check(SHA256_Update(&state->context, bytes.data(), bytes.size()) == 1); }

std::string Sha256::finish() {
    std::string out(SHA256_DIGEST_LENGTH, '\0');
    check(SHA256_Final(reinterpret_cast<unsigned char*>(out.data()), &state->context) == 1);
    return out;
}

std::string sha256(std::string_view bytes) {
    Sha256 hash;
    hash.update(bytes);
    return hash.finish();
}

std::string sha256_of_blocks(std::string_view bytes, std::size_t block) {
    std::string out((bytes.size() + block - 1) / block * SHA256_DIGEST_LENGTH, '\0');
    auto* const digests = reinterpret_cast<unsigned char*>(out.data());
#ifdef ASSAY_SHA256_LANES
    if (IMB_MGR* const all = lanes()) {
        side_by_side(*all, bytes, block, digests);
        return out;
    }
#endif
    one_by_one(bytes, block, digests);
    return out;
}

std::string hex(std::string_view bytes) {
    constexpr char digits[] = "0123456789abcdef";
    std::string out;
    for (const char byte : bytes) {
        const auto value = static_cast<unsigned char>(byte);
        out += digits[value >> 4];
        out += digits[value & 15];
    }
    return out;
}

} // namespace assay::intake
