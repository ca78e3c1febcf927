// scan/watch.h - tells when something below some folders has changed, so that it can be scanned.
#pragma once

#include <chrono>
#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

namespace harmonic::scan {

/// Waits on inotify. Where the system does not watch so many folders it looks by the clock instead
/// and notice() says so. It sees nothing that happened while the program was off, and on a network
/// disk nothing that another machine did: only a scan does.
///
/// Threads  one at a time.
class Watch {
 public:
  struct Times {
    /// Nothing must have changed for so long: a copy that is under way is let come to its end,
    std::chrono::milliseconds settle{2000};
    /// but not for ever.
    std::chrono::milliseconds longest{60'000};
    /// Without inotify.
    std::chrono::milliseconds poll{60'000};
  };

  Watch();
  explicit Watch(Times times);
  ~Watch();
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

  /// Watches all folders below these that can be read; again before each scan, as folders come and
  /// go. Those without permission are left out: the scan names them.
  void cover(const std::vector<std::filesystem::path>& roots);

  /// Until something changed and settled, or for `most`. False when stopped.
  [[nodiscard]] bool wait(const std::stop_token& stop,
                          std::chrono::milliseconds most = std::chrono::hours{24});

  /// Why it looks by the clock, with the remedy; empty while it watches.
  [[nodiscard]] const std::string& notice() const { return notice_; }
  [[nodiscard]] const Times& times() const { return times_; }

 private:
  void look_by_the_clock(int why);
  void add(const std::filesystem::path& folder);
  /// Whether anything of interest was among the events that wait.
  [[nodiscard]] bool take_events() const;

  Times times_;
  int queue_;
  std::string notice_;
};

}  // namespace harmonic::scan
