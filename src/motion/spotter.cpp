#include "motion/spotter.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace harmonic::motion {
namespace {

constexpr Seconds kMemory{4.0};       ///< over which a part's noise is known
constexpr Seconds kBlindStart{0.35};  ///< after a reset: too little before it for a median
constexpr Seconds kRenewFrom{2.0};    ///< age of the kept frame at which a calm one replaces it
constexpr Seconds kRenewAnyway{4.0};
constexpr double kRenewShift = 5.0;  ///< head's shift in pixels, likewise
constexpr double kRenewFarShift = 9.0;
constexpr double kCalm = 0.5;       ///< pixels that no part is off in a calm frame
constexpr double kCalmEyes = 0.45;  ///< their mismatch in a calm frame
constexpr double kRunShare = 0.3;   ///< of the threshold: where a run begins and ends
constexpr Seconds kEndless{1.0};    ///< a run as long is none that others wait for
constexpr double kAnother = 1.1;    ///< mismatch of a patch that shows something else
constexpr auto kRightEye = static_cast<std::size_t>(Region::kRightEye);
constexpr auto kLeftEye = static_cast<std::size_t>(Region::kLeftEye);

double length(const Shift& shift) { return std::hypot(shift.x, shift.y); }

bool near_eyes(Region region) {
  return region == Region::kRightBrow || region == Region::kLeftBrow ||
         region == Region::kRightEye || region == Region::kLeftEye;
}

Shift plus(const Shift& a, const Shift& b) { return {a.x + b.x, a.y + b.y}; }
Shift minus(const Shift& a, const Shift& b) { return {a.x - b.x, a.y - b.y}; }

}  // namespace

void Spotter::reset() {
  kept_.reset();
  samples_.clear();
  moments_.clear();
  settled_ = 0;
  parts_ = {};
  found_.clear();
}

std::vector<Movement> Spotter::observe(Seconds at, const image::Picture& face) {
  if (!samples_.empty() && at <= samples_.back().at) return {};
  std::vector<Movement> movements;
  if (!samples_.empty() && at - samples_.back().at > settings_.longest_gap) movements = finish();
  const auto planes = planes_of(face);
  if (kept_) {
    if (const auto sample = measure(at, planes)) {
      samples_.push_back(*sample);
      renew(*sample, planes);
      settle(at - settings_.half_window);
      const auto ripe = take_ripe(at - settings_.half_window, false);
      movements.insert(movements.end(), ripe.begin(), ripe.end());
      return movements;
    }
    const auto ripe = finish();  // another face or none at all
    movements.insert(movements.end(), ripe.begin(), ripe.end());
  }
  keep(at, planes);
  return movements;
}

std::vector<Movement> Spotter::finish() {
  if (samples_.empty()) {
    reset();
    return {};
  }
  settle(samples_.back().at);
  auto movements = take_ripe(samples_.back().at, true);
  reset();
  return movements;
}

void Spotter::keep(Seconds at, const Planes& planes) {
  kept_ = std::make_unique<Kept>(Kept{PatchFlow{planes.coarse}, PatchFlow{planes.fine}});
  kept_at_ = start_ = at;
  base_ = {};
  base_.at = at;
  base_.parts.fill(Shift{});
  base_.eyes = {0.0, 0.0};
  last_ = {};
  last_parts_.fill(Shift{});
  samples_.push_back(base_);
}

std::optional<Spotter::Sample> Spotter::measure(Seconds at, const Planes& planes) {
  Shifts shifts;
  for (std::size_t i = 0; i < kPatchCount; ++i) {
    const auto guess = plus(last_.at(i), last_parts_.at(i).value_or(Shift{}));
    if (const auto found = kept_->coarse.follow(planes.coarse, i, guess, last_.at(i))) {
      shifts.at(i) = found->shift;
    }
  }
  const auto rough = fit_head_motion(shifts);
  if (!rough) return std::nullopt;
  std::array<std::optional<Followed>, kPatchCount> followed;
  for (std::size_t i = 0; i < kPatchCount; ++i) {
    const auto prior = rough->at(i);
    auto& found = followed.at(i);
    found = kept_->fine.follow(planes.fine, i, shifts.at(i).value_or(prior), prior);
    const bool same = found && found->mismatch < kAnother;
    shifts.at(i) = same ? std::optional{found->shift} : std::nullopt;
  }
  const auto fit = fit_head_motion(shifts);
  if (!fit) return std::nullopt;
  const auto& head = *fit;
  Sample sample;
  sample.at = at;
  for (std::size_t i = 0; i < kPatchCount; ++i) {
    last_parts_.at(i).reset();
    if (!shifts.at(i)) continue;
    last_parts_.at(i) = minus(*shifts.at(i), head.at(i));
    if (followed.at(i)->sure)
      sample.parts.at(i) = plus(base_.parts.at(i).value_or(Shift{}), *last_parts_.at(i));
  }
  for (std::size_t k = 0; k < sample.head.size(); ++k) {
    sample.head.at(k) = base_.head.at(k) + head.terms.at(k);
  }
  for (std::size_t eye = 0; eye < 2; ++eye) {
    if (const auto& found = followed.at(eye == 0 ? kRightEye : kLeftEye)) {
      sample.eyes.at(eye) = found->mismatch;
    }
  }
  last_ = head;
  return sample;
}

bool Spotter::at_rest(const Sample& sample) const {
  const auto calm_eye = [](const auto& eye) { return eye && *eye < kCalmEyes; };
  return std::ranges::all_of(last_parts_,
                             [](const auto& part) { return part && length(*part) < kCalm; }) &&
         std::ranges::all_of(sample.eyes, calm_eye);
}

void Spotter::renew(const Sample& sample, const Planes& planes) {
  double furthest = 0;
  for (std::size_t i = 0; i < kPatchCount; ++i) furthest = std::max(furthest, length(last_.at(i)));
  const auto age = sample.at - kept_at_;
  const bool wanted = age > kRenewFrom || furthest > kRenewShift;
  const bool needed = age > kRenewAnyway || furthest > kRenewFarShift;
  if (!needed && !(wanted && at_rest(sample))) return;
  base_ = sample;
  for (auto& part : base_.parts) {
    if (!part) part = Shift{};  // seen no more: it starts anew, as a step, which is no pulse
  }
  kept_ = std::make_unique<Kept>(Kept{PatchFlow{planes.coarse}, PatchFlow{planes.fine}});
  kept_at_ = sample.at;
  last_ = {};
  last_parts_.fill(Shift{});
}

void Spotter::settle(Seconds until) {
  while (settled_ < samples_.size() && samples_[settled_].at <= until) settle_one(settled_++);
  while (!samples_.empty() && settled_ > 0 &&
         samples_.front().at < samples_[settled_ - 1].at - settings_.half_window - kMemory) {
    samples_.pop_front();
    --settled_;
  }
}

void Spotter::settle_one(std::size_t index) {
  const auto& sample = samples_[index];
  auto first = index;
  while (first > 0 && samples_[first - 1].at >= sample.at - settings_.half_window) --first;
  auto last = index;
  while (last + 1 < samples_.size() && samples_[last + 1].at <= sample.at + settings_.half_window) {
    ++last;
  }
  std::vector<double> values;
  const auto median = [&](const auto& value_of) {
    values.clear();
    for (auto i = first; i <= last; ++i) {
      if (const std::optional<double> value = value_of(samples_[i])) values.push_back(*value);
    }
    return median_of(values).value_or(0.0);
  };
  Moment moment;
  moment.at = sample.at;
  for (std::size_t k = 0; k < sample.head.size(); ++k) {
    moment.head.terms.at(k) =
        sample.head.at(k) - median([k](const Sample& s) { return std::optional{s.head.at(k)}; });
  }
  for (std::size_t eye = 0; eye < 2; ++eye) {
    if (!sample.eyes.at(eye)) continue;
    moment.eyes.at(eye) =
        *sample.eyes.at(eye) - median([eye](const Sample& s) { return s.eyes.at(eye); });
  }
  moments_.push_back(moment);
  while (moments_.front().at < moment.at - kMemory) moments_.pop_front();
  if (sample.at - start_ < kBlindStart) return;
  for (std::size_t r = 0; r < kRegionCount; ++r) {
    auto& past = parts_.at(r).past;
    Deviation deviation{sample.at, {}};
    if (sample.parts.at(r)) {
      const auto axis = [&](double Shift::*which) {
        return (*sample.parts.at(r)).*which - median([r, which](const Sample& s) {
                 return s.parts.at(r) ? std::optional{(*s.parts.at(r)).*which} : std::nullopt;
               });
      };
      deviation.shift = {axis(&Shift::x), axis(&Shift::y)};
    }
    past.push_back(deviation);
    while (past.front().at < moment.at - kMemory) past.pop_front();
    watch(static_cast<Region>(r), moment);
  }
}

void Spotter::watch(Region region, const Moment& moment) {
  auto& part = parts_.at(static_cast<std::size_t>(region));
  const double noise = noise_of(part.past).value_or(0.0);
  const double threshold = std::max(settings_.least, settings_.over_noise * noise);
  const bool away = length(part.past.back().shift) > kRunShare * threshold;
  if (away && !part.open) {
    part.open = true;
    part.since = moment.at;
  } else if (!away && part.open) {
    part.open = false;
    close(region, threshold);
  }
}

double Spotter::head_gate(Region region, Seconds from, Seconds to) const {
  const auto index = static_cast<std::size_t>(region);
  double gate = 0;
  for (const auto& moment : moments_) {
    if (moment.at < from || moment.at > to) continue;
    gate = std::max(gate, settings_.over_turn * length(moment.head.turn_at(index)) +
                              settings_.over_shift * length(moment.head.at(index)));
  }
  return gate;
}

void Spotter::close(Region region, double threshold) {
  const auto& part = parts_.at(static_cast<std::size_t>(region));
  std::vector<Deviation> run;
  for (auto i = part.past.rbegin(); i != part.past.rend(); ++i) {
    run.push_back(*i);
    if (i->at < part.since) break;
  }
  std::ranges::reverse(run);
  const auto pulse = pulse_of(run);
  if (!pulse) return;
  const auto duration = pulse->offset - pulse->onset;
  if (duration < settings_.shortest || duration > settings_.longest) return;
  threshold += head_gate(region, pulse->onset, pulse->offset);
  if (pulse->size < threshold) return;
  found_.push_back({region, *pulse, pulse->size / threshold});
}

bool Spotter::blinked(Seconds from, Seconds to) const {
  constexpr Seconds kSlack{0.05};
  std::array<double, 2> change{};
  for (const auto& moment : moments_) {
    if (moment.at < from - kSlack || moment.at > to + kSlack) continue;
    for (std::size_t eye = 0; eye < 2; ++eye) {
      change.at(eye) = std::max(change.at(eye), moment.eyes.at(eye));
    }
  }
  return std::ranges::min(change) > settings_.blink_change;
}

std::optional<Movement> Spotter::strongest(const std::vector<Found>& together) const {
  bool right = false, left = false;
  auto from = together.front().pulse.onset;
  auto to = together.front().pulse.offset;
  for (const auto& found : together) {
    right = right || found.region == Region::kRightEye;
    left = left || found.region == Region::kLeftEye;
    from = std::min(from, found.pulse.onset);
    to = std::max(to, found.pulse.offset);
  }
  const bool blink = (right && left) || blinked(from, to);
  const Found* best = nullptr;
  for (const auto& found : together) {
    if (blink && near_eyes(found.region)) continue;
    if (best == nullptr || found.strength > best->strength) best = &found;
  }
  if (best == nullptr) return std::nullopt;
  const auto& pulse = best->pulse;
  return Movement{pulse.onset, pulse.apex, pulse.offset, best->region, pulse.size};
}

std::vector<Movement> Spotter::take_ripe(Seconds now, bool all) {
  std::vector<Movement> movements;
  std::ranges::sort(found_, {}, [](const Found& found) { return found.pulse.onset; });
  while (!found_.empty()) {
    // Those that overlap, each with one before it, are one movement of several parts.
    auto end = found_.front().pulse.offset;
    std::size_t count = 1;
    for (; count < found_.size() && found_[count].pulse.onset < end; ++count) {
      end = std::max(end, found_[count].pulse.offset);
    }
    const bool grows = now < end || std::ranges::any_of(parts_, [&](const Part& part) {
                         return part.open && part.since < end && now - part.since < kEndless;
                       });
    if (grows && !all) break;
    const auto last = found_.begin() + static_cast<std::ptrdiff_t>(count);
    if (const auto movement = strongest({found_.begin(), last})) movements.push_back(*movement);
    found_.erase(found_.begin(), last);
  }
  return movements;
}

}  // namespace harmonic::motion
