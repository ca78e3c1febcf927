#include "scan/watch.h"

#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <optional>

#include "scan/walk.h"

namespace harmonic::scan {

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr std::uint32_t kChanges = IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO |
                                   IN_CLOSE_WRITE | IN_MODIFY | IN_ATTRIB | IN_MOVE_SELF |
                                   IN_DELETE_SELF | IN_ONLYDIR;
constexpr milliseconds kGlance{100};  // how soon a stop is seen

/// Programs write under a hidden name and give the true one at the end; walk() leaves those out.
bool is_hidden(const inotify_event& event, const char* name) {
  return event.len > 0 && name[0] == '.';
}

}  // namespace

Watch::Watch() : Watch{Times{}} {}

Watch::Watch(Times times) : times_{times}, queue_{::inotify_init1(IN_NONBLOCK | IN_CLOEXEC)} {
  if (queue_ < 0) look_by_the_clock(errno);
}

Watch::~Watch() {
  if (queue_ >= 0) ::close(queue_);
}

void Watch::look_by_the_clock(int why) {
  const bool instances = why == EMFILE;
  notice_ = "the system does not watch so many " +
            std::string{instances ? "sets of folders" : "folders"} + " (" + std::strerror(why) +
            "); the music is looked through every " +
            std::to_string(std::chrono::ceil<std::chrono::seconds>(times_.poll).count()) +
            " s instead. `sysctl fs.inotify." +
            (instances ? "max_user_instances" : "max_user_watches") + "=...` with more helps";
  if (queue_ >= 0) ::close(queue_);
  queue_ = -1;
}

void Watch::add(const std::filesystem::path& folder) {
  if (queue_ < 0) return;
  if (::inotify_add_watch(queue_, folder.c_str(), kChanges) >= 0) return;
  // Gone again, or not ours to read: no reason to stop watching the others.
  if (errno == ENOSPC || errno == ENOMEM) look_by_the_clock(errno);
}

void Watch::cover(const std::vector<std::filesystem::path>& roots) {
  if (queue_ < 0) return;
  for (const auto& folder : folders_below(roots)) add(folder);
}

bool Watch::take_events() const {
  alignas(inotify_event) std::array<char, std::size_t{64} * 1024> buffer{};
  bool any = false;
  for (;;) {
    const auto got = ::read(queue_, buffer.data(), buffer.size());
    if (got <= 0) return any;
    for (std::size_t at = 0; at < static_cast<std::size_t>(got);) {
      inotify_event event{};
      std::memcpy(&event, buffer.data() + at, sizeof event);
      // A folder that was moved away is no longer ours; cover() adds it again where it is.
      if ((event.mask & IN_MOVE_SELF) != 0) (void)::inotify_rm_watch(queue_, event.wd);
      const bool ended = (event.mask & IN_IGNORED) != 0;
      if (!ended && !is_hidden(event, buffer.data() + at + sizeof event)) any = true;
      at += sizeof event + event.len;
    }
  }
}

bool Watch::wait(const std::stop_token& stop, milliseconds most) {
  const auto start = Clock::now();
  const auto end = start + (queue_ < 0 ? std::min(most, times_.poll) : most);
  std::optional<Clock::time_point> first;
  auto last = start;
  while (!stop.stop_requested()) {
    const auto now = Clock::now();
    if (first && (now - last >= times_.settle || now - *first >= times_.longest)) return true;
    if (!first && now >= end) return true;
    pollfd events{queue_, POLLIN, 0};  // without a queue: a nap
    (void)::poll(&events, 1, static_cast<int>(kGlance.count()));
    if (queue_ >= 0 && take_events()) {
      last = Clock::now();
      if (!first) first = last;
    }
  }
  return false;
}

}  // namespace harmonic::scan
