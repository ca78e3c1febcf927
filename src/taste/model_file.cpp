#include "taste/model_file.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <utility>

#include "base/bytes.h"
#include "base/digest.h"
#include "taste/sealed.h"

namespace harmonic::taste {

namespace {

constexpr Seal kModel{"HFTM", 1};
constexpr Seal kCheckpoint{"HFTC", 1};
constexpr std::uint32_t kMostDimensions = 4096;

tl::unexpected<Error> impossible() {
  return fail(ErrorKind::kCorrupt, "cut off, or numbers that cannot be: train anew");
}

void put_floats(std::string& to, std::span<const float> values) {
  to.append(reinterpret_cast<const char*>(values.data()), values.size_bytes());
}

void put_plan(std::string& to, const IalsPlan& plan) {
  put_u32(to, static_cast<std::uint32_t>(plan.dimensions));
  put_u32(to, static_cast<std::uint32_t>(plan.steps));
  put_u32(to, static_cast<std::uint32_t>(plan.seed & 0xFFFFFFFFU));
  put_u32(to, static_cast<std::uint32_t>(plan.seed >> 32U));
  put_floats(to, std::vector<float>{plan.weighting.power, plan.weighting.levelling, plan.unplayed,
                                    plan.ridge, plan.spread});
}

/// Takes what was put; `whole` is false from the first thing that was not there.
struct Taker {
  Bytes left;
  bool whole = true;

  std::uint32_t u32() {
    const auto value = left.u32();
    whole = whole && value;
    return value.value_or(0);
  }
  std::string text(std::size_t length) {
    const auto value = left.text(length);
    whole = whole && value;
    return std::string{value.value_or("")};
  }
  std::vector<float> floats(std::size_t count) {
    auto values = left.numbers<float>(count);
    whole =
        whole && values && std::ranges::all_of(*values, [](float v) { return std::isfinite(v); });
    return whole ? *std::move(values) : std::vector<float>{};
  }
  IalsPlan plan(int epochs) {
    IalsPlan plan;
    plan.dimensions = u32();
    plan.steps = static_cast<int>(u32());
    const std::uint64_t low = u32();
    plan.seed = low | std::uint64_t{u32()} << 32U;
    plan.epochs = epochs;
    const auto values = floats(5);
    whole = whole && plan.dimensions > 0 && plan.dimensions <= kMostDimensions;
    if (!whole) return {};
    plan.weighting = {values[0], values[1]};
    plan.unplayed = values[2];
    plan.ridge = values[3];
    plan.spread = values[4];
    // Else a history's system may have no solution.
    whole = plan.unplayed >= 0.0F && plan.ridge > 0.0F;
    return plan;
  }
};

}  // namespace

std::string encode_model(const IalsModel& model) {
  std::string body;
  put_u32(body, static_cast<std::uint32_t>(model.plan.epochs));
  put_plan(body, model.plan);
  put_u32(body, static_cast<std::uint32_t>(model.songs.size()));
  for (const auto& song : model.songs) {
    put_u32(body, static_cast<std::uint32_t>(song.size()));
    body += song;
  }
  put_floats(body, model.factors);
  return sealed(kModel, body);
}

Result<IalsModel> decode_model(std::string_view bytes) {
  HARMONIC_TRY(const auto body, unsealed(kModel, bytes));
  Taker taker{Bytes{body}};
  IalsModel model;
  const auto epochs = static_cast<int>(taker.u32());
  model.plan = taker.plan(epochs);
  const auto songs = taker.u32();
  for (std::uint32_t song = 0; song < songs && taker.whole; ++song)
    model.songs.push_back(taker.text(taker.u32()));
  if (!taker.whole) return impossible();
  model.factors = taker.floats(songs * model.plan.dimensions);
  if (!taker.whole || !taker.left.empty()) return impossible();
  return model;
}

std::string run_of(const Plays& plays, const IalsPlan& plan) {
  std::string text;
  put_plan(text, plan);
  put_u32(text, static_cast<std::uint32_t>(plays.songs()));
  for (std::size_t listener = 0; listener < plays.listeners(); ++listener) {
    const auto row = plays.row(listener);
    put_u32(text, static_cast<std::uint32_t>(row.size()));
    text.append(reinterpret_cast<const char*>(row.data()), row.size_bytes());
  }
  return sha256_hex(text);
}

std::string encode_checkpoint(const Checkpoint& checkpoint) {
  const auto& factors = checkpoint.factors;
  std::string body = checkpoint.run;
  put_u32(body, static_cast<std::uint32_t>(checkpoint.epoch));
  put_u32(body, static_cast<std::uint32_t>(factors.dimensions));
  put_u32(body, static_cast<std::uint32_t>(factors.listeners.size() / factors.dimensions));
  put_u32(body, static_cast<std::uint32_t>(factors.songs.size() / factors.dimensions));
  put_floats(body, factors.listeners);
  put_floats(body, factors.songs);
  return sealed(kCheckpoint, body);
}

Result<Checkpoint> decode_checkpoint(std::string_view bytes) {
  HARMONIC_TRY(const auto body, unsealed(kCheckpoint, bytes));
  Taker taker{Bytes{body}};
  Checkpoint checkpoint;
  checkpoint.run = taker.text(sha256_hex("").size());
  checkpoint.epoch = static_cast<int>(taker.u32());
  const std::size_t dimensions = taker.u32();
  const std::size_t listeners = taker.u32();
  const std::size_t songs = taker.u32();
  if (!taker.whole || dimensions == 0 || dimensions > kMostDimensions) return impossible();
  auto of_listeners = taker.floats(listeners * dimensions);
  auto of_songs = taker.floats(songs * dimensions);
  if (!taker.whole || !taker.left.empty()) return impossible();
  checkpoint.factors = {dimensions, std::move(of_listeners), std::move(of_songs)};
  return checkpoint;
}

}  // namespace harmonic::taste
