// The whole server on a real port, spoken to over real sockets; the database is real as well.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <cstring>
#include <nlohmann/json.hpp>
#include <thread>

#include "server/server.h"
#include "server/test_client.h"
#include "server/test_house.h"

#if defined(__SANITIZE_THREAD__)
#define HARMONIC_NEEDS_SEEN_TRANSPORT                                                        \
  GTEST_SKIP() << "Beast is built without ThreadSanitizer, which would then see races that " \
                  "its own atomics rule out"
#else
#define HARMONIC_NEEDS_SEEN_TRANSPORT (void)0
#endif

namespace harmonic::server {
namespace {

using nlohmann::json;

/// Sees a happy face in every picture that begins with 'h', and nothing in others.
class LetterEyes final : public session::Eyes {
 public:
  std::unique_ptr<session::Gaze> open() override {
    class Letters final : public session::Gaze {
      session::Look look(std::span<const std::byte> encoded, motion::Seconds at,
                         const session::Question& question) override {
        if (encoded.front() != std::byte{'h'}) return {0, 0, "unreadable", {}};
        session::SeenFace face{{1, 2, 30, 40}, 0.9F, session::Expression{}, 1, {}};
        face.expression->scores.at(1) = 1.0F;
        session::Look look{64, 48, {}, {face}};
        if (question.movements && question.face == 1) {
          look.movements = {{at, at, at, motion::Region::kChin, 1.0}};
        }
        return look;
      }
    };
    return std::make_unique<Letters>();
  }
};

class TransportTest : public testing::Test {
 protected:
  void SetUp() override {
    HARMONIC_NEEDS_SEEN_TRANSPORT;
    start({});
  }
  void start(Limits limits) {
    server_ = *Server::bind("127.0.0.1", 0, limits);
    routes_ = std::make_unique<Routes>(house_.sources(server_->port(), &eyes_));
    thread_ = std::thread{[this] { server_->run(*routes_, vision_); }};
  }
  void stop() {
    if (!thread_.joinable()) return;
    server_->stop();
    thread_.join();
  }
  ~TransportTest() override { stop(); }

  std::string stream_of(SongId id) const {
    return "/api/songs/" + std::to_string(id.value) + "/stream";
  }
  /// The server still answers somebody else.
  void expect_alive() const {
    TestClient other{server_->port()};
    EXPECT_EQ(other.ask("GET", "/api/status").status, 200);
  }

  TestHouse house_;
  LetterEyes eyes_;
  std::unique_ptr<Server> server_;
  std::unique_ptr<Routes> routes_;
  Vision vision_;
  std::thread thread_;
};

std::string picture(double at, std::string_view bytes) {
  std::string message(sizeof at, '\0');
  std::memcpy(message.data(), &at, sizeof at);
  return message + std::string{bytes};
}

TEST_F(TransportTest, AStreamIsTheFileByteForByte) {
  const auto content = long_content(1'500'000);
  const auto song = house_.add_song("long", content);
  TestClient client{server_->port()};
  const auto whole = client.ask("GET", stream_of(song));
  EXPECT_EQ(whole.status, 200);
  EXPECT_EQ(whole.body, content);
  struct Case {
    std::uint64_t first, last;
  };
  for (const auto& [first, last] : {Case{0, 0}, Case{0, 65'535}, Case{65'535, 65'536},
                                    Case{100'000, 1'200'000}, Case{1'499'999, 1'499'999}}) {
    const auto name = std::to_string(first) + "-" + std::to_string(last);
    const auto part = client.ask("GET", stream_of(song), "Range: bytes=" + name + "\r\n");
    EXPECT_EQ(part.status, 206) << name;
    EXPECT_NE(part.head.find("Content-Range: bytes " + name + "/1500000\r\n"), std::string::npos);
    EXPECT_EQ(part.body, content.substr(first, last - first + 1)) << name;
  }
  EXPECT_EQ(client.ask("GET", stream_of(song), "Range: bytes=1500000-\r\n").status, 416);
  const auto head = client.ask("HEAD", stream_of(song));
  EXPECT_EQ(head.status, 200);
  EXPECT_NE(head.head.find("Content-Length: 1500000\r\n"), std::string::npos);
  EXPECT_NE(head.head.find("Accept-Ranges: bytes\r\n"), std::string::npos);
  EXPECT_EQ(client.ask("GET", "/api/status").status, 200) << "the line did not stay in step";
}

// Sixteen listeners of one large file must cost pieces, not sixteen files.
TEST_F(TransportTest, StreamsCostPiecesOfMemoryNotFiles) {
  const auto song = house_.add_song("large", long_content(48'000'000));
  const auto peak_kib = [] {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
  };
  const auto before = peak_kib();
  std::vector<std::unique_ptr<TestClient>> clients;
  for (int i = 0; i < 16; ++i) {
    clients.push_back(std::make_unique<TestClient>(server_->port()));
    clients.back()->send("GET " + stream_of(song) + " HTTP/1.1\r\nHost: localhost:" +
                         std::to_string(server_->port()) + "\r\n\r\n");
  }
  for (auto& client : clients) EXPECT_EQ(client->read(1'000'000).size(), 1'000'000U);
  EXPECT_LT(peak_kib() - before, 120'000);
  clients.clear();
  expect_alive();
}

TEST_F(TransportTest, RequestsOnOneLineAreAnsweredInOrder) {
  TestClient client{server_->port()};
  const auto host = "Host: localhost:" + std::to_string(server_->port()) + "\r\n\r\n";
  client.send("GET /api/status HTTP/1.1\r\n" + host + "GET /api/nothing HTTP/1.1\r\n" + host +
              "GET /api/songs HTTP/1.1\r\nConnection: close\r\n" + host);
  EXPECT_EQ(client.read_answer().status, 200);
  EXPECT_EQ(client.read_answer().status, 404);
  EXPECT_EQ(client.read_answer().body, R"({"songs":[]})");
  EXPECT_EQ(client.read(1), "");
}

TEST_F(TransportTest, TraversalForeignNamesAndForeignPagesAreRefused) {
  house_.folder.write("dist/index.html", "<html>");
  house_.folder.write("secret", "secret");
  TestClient client{server_->port()};
  EXPECT_EQ(client.ask("GET", "/").body, "<html>");
  EXPECT_EQ(client.ask("GET", "/../secret").status, 404);
  EXPECT_EQ(client.ask("GET", "/%2e%2e/secret").status, 404);
  EXPECT_EQ(client.ask("GET", "/..%2fsecret").status, 404);
  const auto song = house_.add_song("one", "x");
  const auto like = "/api/songs/" + std::to_string(song.value) + "/like";
  EXPECT_EQ(client.ask("PUT", like, "Origin: http://evil.example\r\n").status, 403);
  EXPECT_EQ(client.ask("PUT", like).status, 200);
  TestClient foreign{server_->port()};
  foreign.send("GET /api/songs HTTP/1.1\r\nHost: evil.example\r\n\r\n");
  EXPECT_EQ(foreign.read_answer().status, 403);
  TestClient page{server_->port()};
  EXPECT_EQ(page.upgrade("Origin: http://evil.example\r\n").status, 403);
  TestClient own{server_->port()};
  EXPECT_EQ(
      own.upgrade("Origin: http://localhost:" + std::to_string(server_->port()) + "\r\n").status,
      101);
}

TEST_F(TransportTest, WhatIsNoHttpOrTooLargeIsToldAndClosed) {
  struct Case {
    const char* what;
    std::string bytes;
    int status;
  };
  const Case cases[] = {
      {"rubbish", std::string(64, '\x01') + "\r\n\r\n", 400},
      {"a huge header", "GET / HTTP/1.1\r\nA: " + std::string(20'000, 'a'), 431},
      {"an endless request line", "GET /" + std::string(20'000, 'a'), 431},
      {"a huge body", "POST /api/plays HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n", 413},
      {"a huge body in chunks",
       "POST /api/plays HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n20000\r\n" +
           std::string(0x20000, 'a'),
       413},
      {"a list of more songs than there are",
       "POST /api/playlists HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n", 413},
      {"a long body that no address takes",
       "POST /api/plays?/api/playlists HTTP/1.1\r\nContent-Length: 70000\r\n\r\n", 413},
      {"a long list from another site, before it is sent",
       "POST /api/playlists HTTP/1.1\r\nHost: localhost:" + std::to_string(server_->port()) +
           "\r\nOrigin: http://evil.example\r\nContent-Length: 70000\r\n\r\n",
       403},
  };
  for (const auto& [what, bytes, status] : cases) {
    TestClient client{server_->port()};
    client.send(bytes);
    EXPECT_EQ(client.read_answer().status, status) << what;
    EXPECT_EQ(client.read(1), "") << what;
  }
  expect_alive();
}

TEST_F(TransportTest, AListMayBeLongerThanOtherBodies) {
  const auto song = house_.add_song("one", "x");
  json list{{"songs", {song.value}}, {"for later", std::string(100'000, 'x')}};
  TestClient client{server_->port()};
  for (const auto* name : {"long", "longer"}) {
    list["name"] = name;
    EXPECT_EQ(client.ask("POST", "/api/playlists", "", list.dump()).status, 201) << name;
  }
  EXPECT_EQ(client.ask("GET", "/api/playlists").status, 200) << "on the same connection";
  EXPECT_EQ(house_.playlists->playlists()->size(), 2U);
}

TEST_F(TransportTest, APlayIsOnTheDiskWhenItIsAnswered) {
  const auto song = house_.add_song("one", "x");
  TestClient client{server_->port()};
  const json play{{"song", song.value},
                  {"started_at", 1'700'000'000'000},
                  {"heard_ms", 9},
                  {"outcome", "finished"}};
  EXPECT_EQ(
      client.ask("POST", "/api/plays", "Content-Type: application/json\r\n", play.dump()).status,
      201);
  const auto history = *(*store::open(house_.folder.path() / "data"))->history(house_.listener);
  EXPECT_EQ(history.at(0).plays, 1);
}

TEST_F(TransportTest, ALiveSocketTellsReadingMoodAndQueue) {
  house_.add_song("bright", "x", ValenceArousal::clamped(0.8, 0.4));
  TestClient page{server_->port()};
  ASSERT_EQ(page.upgrade().status, 101);
  EXPECT_EQ(json::parse(page.read_text_with("\"mood\""))["source"], "none");
  page.send_frame(TestClient::kBinary, picture(41.5, "h"));
  const auto reading = json::parse(page.read_text_with("\"reading\""));
  EXPECT_EQ(reading["at"], 41.5);
  EXPECT_EQ(reading["faces"][0]["scores"]["happy"], 1.0);
  EXPECT_EQ(json::parse(page.read_text_with("\"camera\""))["type"], "mood");
  EXPECT_EQ(json::parse(page.read_text_with("\"queue\""))["songs"].at(0)["title"], "bright");
  page.send_frame(TestClient::kText, R"({"type":"mood","valence":-0.5,"arousal":0})");
  EXPECT_EQ(json::parse(page.read_text_with("\"hand\""))["valence"], -0.5);
  const auto queue = json::parse(page.read_text_with("\"queue\""));
  EXPECT_EQ(queue["target"]["valence"], -0.5);
}

TEST_F(TransportTest, ALiveSocketTellsMovementsAndAFaceAtRestOnRequest) {
  TestClient page{server_->port()};
  ASSERT_EQ(page.upgrade().status, 101);
  page.send_frame(TestClient::kText, R"({"type":"movements","on":true})");
  page.send_frame(TestClient::kBinary, picture(1000, "h"));
  EXPECT_EQ(json::parse(page.read_text_with("\"reading\""))["followed"], 1);
  page.send_frame(TestClient::kBinary, picture(1033, "h"));
  EXPECT_EQ(json::parse(page.read_text_with("\"movement\""))["region"], "chin");
  page.send_frame(TestClient::kText, R"({"type":"baseline","action":"start"})");
  EXPECT_EQ(json::parse(page.read_text_with("\"baseline\""))["state"], "capturing");
  page.send_frame(TestClient::kText, R"({"type":"camera","on":false})");
  EXPECT_NE(page.read_text_with("\"refused\"").find("camera went off"), std::string::npos);
}

TEST_F(TransportTest, AMessageInPiecesIsOneMessage) {
  TestClient page{server_->port()};
  ASSERT_EQ(page.upgrade().status, 101);
  page.send_frame(TestClient::kBinary, picture(7, ""), false);
  page.send_frame(TestClient::kPing, "");
  page.send_frame(TestClient::kContinue, "h", true);
  EXPECT_EQ(json::parse(page.read_text_with("\"reading\""))["at"], 7);
}

// "A WebSocket client that sends rubbish, huge or endless frames is told and dropped while others
// go on."
TEST_F(TransportTest, MisbehavedLiveSocketsAreToldAndClosedWhileAnotherGoesOn) {
  TestClient good{server_->port()};
  ASSERT_EQ(good.upgrade().status, 101);
  struct Case {
    const char* what;
    std::string bytes;
    int code;
    const char* told;
  };
  const auto frame = [](unsigned opcode, const std::string& payload) {
    return TestClient::frame_head(opcode, payload.size()) + payload;
  };
  const Case cases[] = {
      {"text that is no JSON", frame(TestClient::kText, "rubbish"), 1003, "JSON"},
      {"JSON that is no wish", frame(TestClient::kText, "{\"type\":1}"), 1003, "type"},
      {"a picture without a time", frame(TestClient::kBinary, "h"), 1003, "picture"},
      {"bytes that are no frame", std::string(64, '\xFF'), 1002, nullptr},
      {"a frame without a mask", std::string{"\x81\x02{}", 4}, 1002, nullptr},
      {"text that is no UTF-8", frame(TestClient::kText, "\xFF\xFE"), 1007, nullptr},
      {"a frame of a terabyte",
       TestClient::frame_head(TestClient::kBinary, std::uint64_t{1} << 40U) + "h", 1009, nullptr},
      {"a message of 1 MiB and a byte",
       frame(TestClient::kBinary, std::string(kMessageLimit + 1, 'h')), 1009, nullptr},
  };
  for (const auto& [what, bytes, code, told] : cases) {
    TestClient bad{server_->port()};
    ASSERT_EQ(bad.upgrade().status, 101) << what;
    bad.send(bytes);
    if (told != nullptr) {
      EXPECT_NE(bad.read_text_with("\"error\"").find(told), std::string::npos) << what;
    }
    EXPECT_EQ(bad.read_close_code(), code) << what;
  }
  good.send_frame(TestClient::kBinary, picture(9, "h"));
  EXPECT_EQ(json::parse(good.read_text_with("\"reading\""))["at"], 9);
}

TEST_F(TransportTest, AMessageWithoutEndIsEndedAtItsLimit) {
  TestClient bad{server_->port()};
  ASSERT_EQ(bad.upgrade().status, 101);
  const std::string piece(60'000, 'h');
  bad.send_frame(TestClient::kBinary, piece, false);
  for (int i = 0; i < 1000 && bad.send_frame(TestClient::kContinue, piece, false); ++i) {
  }
  expect_alive();
}

TEST_F(TransportTest, AMessageThatTricklesIsNotWaitedFor) {
  stop();
  Limits limits;
  limits.message_seconds = 1;
  start(limits);
  TestClient slow{server_->port()};
  ASSERT_EQ(slow.upgrade().status, 101);
  slow.send(TestClient::frame_head(TestClient::kText, 1000));
  for (int i = 0; i < 15; ++i) {
    slow.send("x");
    std::this_thread::sleep_for(std::chrono::milliseconds{100});
  }
  EXPECT_NE(slow.read_text_with("\"error\"").find("too long"), std::string::npos);
  EXPECT_EQ(slow.read_close_code(), 1002);
}

TEST_F(TransportTest, ARequestThatTricklesIsNotWaitedFor) {
  stop();
  Limits limits;
  limits.request_seconds = 1;
  start(limits);
  TestClient slow{server_->port()};
  slow.send("GET / HTTP/1.1\r\nA: ");
  EXPECT_EQ(slow.read(1), "");
  expect_alive();
}

TEST_F(TransportTest, TooManyAreTurnedAwayUntilOneLeaves) {
  stop();
  Limits limits;
  limits.connections = 4;
  limits.live_sockets = 2;
  start(limits);
  std::vector<std::unique_ptr<TestClient>> held;
  for (int i = 0; i < 2; ++i) {
    held.push_back(std::make_unique<TestClient>(server_->port()));
    EXPECT_EQ(held.back()->upgrade().status, 101);
  }
  {
    TestClient third{server_->port()};
    EXPECT_EQ(third.upgrade().status, 503);
  }
  held.clear();
  for (int i = 0; i < 4; ++i) {
    held.push_back(std::make_unique<TestClient>(server_->port()));
    held.back()->send("GET ");
  }
  int status = 200;
  for (int tries = 0; tries < 100 && status != 503; ++tries) {
    TestClient more{server_->port()};
    status = more.ask("GET", "/api/status").status;
  }
  EXPECT_EQ(status, 503);
  held.clear();
  for (int tries = 0; tries < 100 && status != 200; ++tries) {
    TestClient more{server_->port()};
    status = more.ask("GET", "/api/status").status;
  }
  EXPECT_EQ(status, 200);
}

TEST_F(TransportTest, StoppingTellsTheLiveSockets) {
  TestClient page{server_->port()};
  ASSERT_EQ(page.upgrade().status, 101);
  (void)page.read_text_with("\"mood\"");
  stop();
  EXPECT_EQ(page.read_close_code(), 1001);
}

TEST(Server, APortThatIsTakenIsOneClearError) {
  const auto first = Server::bind("127.0.0.1", 0);
  ASSERT_TRUE(first);
  const auto second = Server::bind("127.0.0.1", (*first)->port());
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().kind, ErrorKind::kUnavailable);
  EXPECT_NE(second.error().message.find("taken"), std::string::npos);
  EXPECT_EQ(Server::bind("no address", 0).error().kind, ErrorKind::kInvalidInput);
}

}  // namespace
}  // namespace harmonic::server
