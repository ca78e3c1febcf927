#include "moodtrial/midi.h"

#include <fluidsynth.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <cstddef>
#include <map>
#include <numbers>

namespace harmonic::moodtrial {

namespace {

constexpr std::size_t kBlock = 4410;
constexpr std::size_t kTail = kRenderRate;
constexpr std::size_t kStep = 441;  // of the score
constexpr std::chrono::seconds kLongest{1800};
constexpr int kDrums = 9;

struct FreeSettings {
  void operator()(fluid_settings_t* settings) const { delete_fluid_settings(settings); }
};
struct FreeSynth {
  void operator()(fluid_synth_t* synth) const { delete_fluid_synth(synth); }
};
struct FreePlayer {
  void operator()(fluid_player_t* player) const { delete_fluid_player(player); }
};

/// Hears what is played, step by step.
class ScoreMeter {
 public:
  void note(int key, bool on) {
    auto& since = since_[static_cast<std::size_t>(key)];
    if (since) notes_.push_back({key, *since, seconds_});
    since.reset();
    if (on) since = seconds_;
  }
  /// A note or a drum begins.
  void onset() {
    ++onsets_;
    for (std::size_t i = 0; i < kGrids.size(); ++i)
      on_grid_[i] += std::polar(1.0, 2.0 * std::numbers::pi * kGrids[i] * beats_);
  }
  void step(double beat_us) {
    constexpr double kSeconds = static_cast<double>(kStep) / kRenderRate;
    beats_ += kSeconds * 1e6 / beat_us;
    seconds_ += kSeconds;
    for (std::size_t key = 0; key < since_.size(); ++key)
      score_.seconds[key % 12] += since_[key] ? kSeconds : 0.0;
    tempi_[std::lround(beat_us)] += kSeconds;
  }
  Score finish() {
    constexpr double kNearlyAll = 0.95;
    double whole = 0.0;
    for (const auto& [beat_us, seconds] : tempi_) whole += seconds;
    for (const auto& [beat_us, seconds] : tempi_) {
      if (seconds >= kNearlyAll * whole && keeps_to_a_grid())
        score_.bpm = 60e6 / static_cast<double>(beat_us);
    }
    return score_;
  }
  /// All that were let go; those that sound are let go now.
  std::vector<PlayedNote> take_notes() {
    for (int key = 0; key < static_cast<int>(since_.size()); ++key) note(key, false);
    return std::move(notes_);
  }

 private:
  static constexpr std::array kGrids{1.0, 2.0, 3.0, 4.0, 6.0};  // notes in a beat

  /// A file that was recorded without regard to its tempo is written at any one.
  [[nodiscard]] bool keeps_to_a_grid() const {
    constexpr double kTogether = 0.4;
    return std::any_of(on_grid_.begin(), on_grid_.end(), [this](const auto& sum) {
      return std::abs(sum) >= kTogether * static_cast<double>(onsets_);
    });
  }

  std::array<std::complex<double>, kGrids.size()> on_grid_{};  ///< sums of the onsets' phases
  std::size_t onsets_ = 0;
  double beats_ = 0.0;  ///< since the start
  double seconds_ = 0.0;
  std::array<std::optional<double>, 128> since_{};  ///< when each key was struck that sounds
  std::vector<PlayedNote> notes_;
  std::map<long, double> tempi_;  ///< microseconds a quarter note as played -> seconds it lasted
  Score score_;
};

struct Listener {
  fluid_synth_t* synth = nullptr;
  const Manner& manner;
  ScoreMeter score;
};

/// Passes each event on, notes shifted.
int on_event(void* data, fluid_midi_event_t* event) {
  auto& listener = *static_cast<Listener*>(data);
  constexpr int kNoteOff = 0x80;
  constexpr int kNoteOn = 0x90;
  constexpr int kProgramChange = 0xC0;
  const int type = fluid_midi_event_get_type(event);
  if (type == kNoteOn && fluid_midi_event_get_velocity(event) > 0) listener.score.onset();
  if ((type == kNoteOn || type == kNoteOff) && fluid_midi_event_get_channel(event) != kDrums) {
    const int key = std::clamp(fluid_midi_event_get_key(event) + listener.manner.transpose, 0, 127);
    fluid_midi_event_set_key(event, key);
    listener.score.note(key, type == kNoteOn && fluid_midi_event_get_velocity(event) > 0);
  }
  if (type == kProgramChange && listener.manner.program)
    fluid_midi_event_set_program(event, *listener.manner.program);
  return fluid_synth_handle_midi_event(listener.synth, event);
}

/// On all channels: one that changes nothing plays the first program.
void start_with(fluid_synth_t* synth, int program) {
  for (int channel = 0; channel < fluid_synth_count_midi_channels(synth); ++channel) {
    if (channel != kDrums) fluid_synth_program_change(synth, channel, program);
  }
}

std::size_t samples_in(std::chrono::seconds time) {
  return static_cast<std::size_t>(time.count()) * kRenderRate;
}

void add_block(fluid_synth_t* synth, std::size_t frames, std::vector<float>& sound) {
  const auto at = sound.size();
  sound.resize(at + 2 * frames);
  float* out = sound.data() + at;
  fluid_synth_write_float(synth, static_cast<int>(frames), out, 0, 2, out, 1, 2);
}

}  // namespace

struct Synth::Inside {
  std::unique_ptr<fluid_settings_t, FreeSettings> settings{new_fluid_settings()};
  std::unique_ptr<fluid_synth_t, FreeSynth> synth;
  fluid_sfont_t* sound_font = nullptr;  ///< belongs to `synth`

  /// A synthesiser without the echo of what was played before, with the same sounds.
  void renew() {
    std::unique_ptr<fluid_synth_t, FreeSynth> fresh{new_fluid_synth(settings.get())};
    fluid_synth_remove_sfont(synth.get(), sound_font);
    fluid_synth_add_sfont(fresh.get(), sound_font);
    synth = std::move(fresh);
  }
};

Synth::Synth(std::unique_ptr<Inside> inside) : inside_{std::move(inside)} {}
Synth::Synth(Synth&&) noexcept = default;
Synth& Synth::operator=(Synth&&) noexcept = default;
Synth::~Synth() = default;

Result<Synth> Synth::open(const std::filesystem::path& sound_font) {
  // What it has to say comes back as an Error.
  for (const int level : {FLUID_ERR, FLUID_WARN, FLUID_INFO})
    fluid_set_log_function(level, nullptr, nullptr);
  if (!std::filesystem::is_regular_file(sound_font))
    return fail(ErrorKind::kNotFound, sound_font.string() + " is not there");
  auto inside = std::make_unique<Inside>();
  auto* settings = inside->settings.get();
  fluid_settings_setnum(settings, "synth.sample-rate", kRenderRate);
  fluid_settings_setint(settings, "synth.lock-memory", 0);
  fluid_settings_setint(settings, "synth.cpu-cores", 1);
  fluid_settings_setint(settings, "synth.chorus.active", 0);
  fluid_settings_setint(settings, "player.reset-synth", 0);  // play() renews it
  fluid_settings_setstr(settings, "player.timing-source", "sample");
  inside->synth.reset(new_fluid_synth(settings));
  const int id = inside->synth == nullptr
                     ? FLUID_FAILED
                     : fluid_synth_sfload(inside->synth.get(), sound_font.c_str(), 1);
  if (id == FLUID_FAILED)
    return fail(ErrorKind::kInvalidInput, sound_font.string() + " is no sound font");
  inside->sound_font = fluid_synth_get_sfont_by_id(inside->synth.get(), id);
  return Synth{std::move(inside)};
}

Result<std::vector<float>> Synth::play(const std::filesystem::path& midi, const Manner& manner) {
  HARMONIC_TRY(auto performance, perform(midi, manner, kLongest));
  if (performance.sound.size() > 2 * (samples_in(kLongest) + kTail))
    return fail(ErrorKind::kInvalidInput, midi.string() + " plays for over half an hour");
  return std::move(performance.sound);
}

Result<Performance> Synth::perform(const std::filesystem::path& midi, const Manner& manner,
                                   std::chrono::seconds longest) {
  if (!std::filesystem::is_regular_file(midi))
    return fail(ErrorKind::kNotFound, midi.string() + " is not there");
  const auto refused = [&midi](const char* why) {
    return fail(ErrorKind::kInvalidInput, midi.string() + " " + why);
  };
  if (fluid_is_midifile(midi.c_str()) == 0) return refused("is no MIDI file");
  inside_->renew();
  auto* synth = inside_->synth.get();
  fluid_synth_set_gain(synth, static_cast<float>(manner.gain));
  if (manner.program) start_with(synth, *manner.program);
  Listener listener{synth, manner, {}};
  const std::unique_ptr<fluid_player_t, FreePlayer> player{new_fluid_player(synth)};
  fluid_player_set_playback_callback(player.get(), on_event, &listener);
  fluid_player_add(player.get(), midi.c_str());
  fluid_player_set_tempo(player.get(), FLUID_PLAYER_TEMPO_INTERNAL, manner.tempo);
  if (fluid_player_play(player.get()) == FLUID_FAILED) return refused("cannot be played");
  std::vector<float> sound;
  sound.reserve(std::size_t{2} * 60 * kRenderRate);  // most pieces are shorter
  while (fluid_player_get_status(player.get()) == FLUID_PLAYER_PLAYING &&
         sound.size() <= 2 * samples_in(longest)) {
    for (std::size_t step = 0; step < kBlock; step += kStep) {
      add_block(synth, kStep, sound);
      listener.score.step(fluid_player_get_midi_tempo(player.get()));
    }
  }
  add_block(synth, kTail, sound);
  const auto score = listener.score.finish();
  return Performance{std::move(sound), score, listener.score.take_notes()};
}

}  // namespace harmonic::moodtrial
