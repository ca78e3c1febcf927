#include "scan/keep_scanning.h"

namespace harmonic::scan {

void keep_scanning(catalog::Store& store, const Options& options, Watch& watch,
                   const Listeners& listeners, const std::stop_token& stop) {
  Options wanted = options;
  bool told = false;
  while (!stop.stop_requested()) {
    // Watched before it is looked at, so that nothing changes unseen between the two.
    watch.cover(options.roots);
    if (!watch.notice().empty() && !told) {
      listeners.on_notice(watch.notice());
      told = true;
    }
    listeners.on_start();
    const auto summary = scan(store, wanted, listeners.on_progress, stop);
    listeners.on_summary(summary);
    wanted.settle = watch.times().settle;
    const bool unsettled = summary && summary->unsettled > 0;
    const bool more = unsettled ? watch.wait(stop, wanted.settle) : watch.wait(stop);
    if (!more) return;
  }
}

}  // namespace harmonic::scan
