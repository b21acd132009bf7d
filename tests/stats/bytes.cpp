#include <assay/stats/bytes.hpp>
#include <boost/test/unit_test.hpp>

using namespace assay::stats;

BOOST_AUTO_TEST_SUITE(saved_counts)

BOOST_AUTO_TEST_CASE(counts_of_any_size_are_read_back_whatever_follows) {
    for (unsigned bits = 0; bits < 64; ++bits)
        for (const std::uint64_t value :
             {std::uint64_t{1} << bits, (std::uint64_t{1} << bits) - 1, ~std::uint64_t{0} >> bits}) {
            std::string saved;
            put(saved, value);
            const std::size_t size = saved.size();
            for (const char next : {'\0', '\x7F', '\xFF'})
                for (std::size_t behind = 0; behind < 10; behind += 3) {
                    const std::string bytes = saved + std::string(behind, next);
                    std::string_view in = bytes;
                    std::uint64_t read = 0;
                    BOOST_REQUIRE(take(in, read));
                    BOOST_TEST(read == value);
                    BOOST_TEST(in.size() == behind);
                }
            for (std::size_t less = 0; less < size; ++less) {
                std::string_view in{saved.data(), less};
                std::uint64_t read = 0;
                BOOST_TEST(!take(in, read));
                BOOST_TEST(in.size() == less);
            }
        }
}

BOOST_AUTO_TEST_CASE(counts_of_more_than_64_bits_are_refused) {
    for (const std::string& bytes :
         {std::string(9, '\x80') + '\x02', std::string(10, '\x80'), std::string(12, '\xFF')}) {
        std::string_view in = bytes;
        std::uint64_t read = 0;
        BOOST_TEST(!take(in, read));
        BOOST_TEST(in.size() == bytes.size());
    }
}

BOOST_AUTO_TEST_SUITE_END()
