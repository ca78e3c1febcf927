#include "server/origin.h"

#include <gtest/gtest.h>

namespace harmonic::server {
namespace {

// DNS rebinding: evil.example resolves to 127.0.0.1, and the browser then takes our answers for
// evil.example's own.
TEST(Origin, OnlyOwnNamesAreServed) {
  const OwnNames loopback{"127.0.0.1", 4747, "den"};
  const OwnNames wide{"0.0.0.0", 4747, "den"};
  struct Case {
    std::string_view host;
    bool on_loopback;
    bool on_wide;
  };
  const Case cases[] = {
      {"localhost:4747", true, true},
      {"LOCALHOST:4747", true, true},
      {"127.0.0.1:4747", true, true},
      {"[::1]:4747", true, true},
      {"192.168.1.5:4747", false, true},
      {"[fe80::1]:4747", false, true},
      {"den:4747", false, true},
      {"den.local:4747", false, true},
      {"evil.example:4747", false, false},
      {"localhost.evil.example:4747", false, false},
      {"localhost", false, false},
      {"localhost:80", false, false},
      {"localhost:47470", false, false},
      {"localhost:999999", false, false},
      {"localhost:", false, false},
      {"localhost:4747x", false, false},
      {"localhost@evil.example:4747", false, false},
      {"localhost/:4747", false, false},
      {"[::1:4747", false, false},
      {"", false, false},
      {":4747", false, false},
  };
  for (const auto& [host, on_loopback, on_wide] : cases) {
    EXPECT_EQ(loopback.accepts_host(host), on_loopback) << host;
    EXPECT_EQ(wide.accepts_host(host), on_wide) << host;
  }
}

TEST(Origin, AtPort80TheNameAloneIsEnough) {
  const OwnNames names{"127.0.0.1", 80, ""};
  EXPECT_TRUE(names.accepts_host("localhost"));
  EXPECT_TRUE(names.accepts_origin("http://localhost", "localhost:80"));
}

// A page elsewhere must not drive the camera or the library of whoever visits it.
TEST(Origin, OnlyThePageItselfMayChangeThings) {
  const OwnNames names{"127.0.0.1", 4747, "den"};
  struct Case {
    std::string_view origin;
    bool accepted;
  };
  const Case cases[] = {
      {"http://localhost:4747", true},
      {"http://LocalHost:4747", true},
      {"http://127.0.0.1:4747", false},
      {"http://localhost:5173", false},
      {"http://localhost", false},
      {"https://localhost:4747", false},
      {"http://evil.example", false},
      {"http://localhost:4747.evil.example", false},
      {"http://localhost:4747/", false},
      {"http://evil.example/?localhost:4747", false},
      {"http://a@localhost:4747", false},
      {"null", false},
      {"", false},
      {"file://", false},
  };
  for (const auto& [origin, accepted] : cases) {
    EXPECT_EQ(names.accepts_origin(origin, "localhost:4747"), accepted) << origin;
  }
}

}  // namespace
}  // namespace harmonic::server
