// smartlist/select.h - rules, compiled, and the songs that they choose.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "catalog/song.h"
#include "catalog/store.h"
#include "smartlist/rules.h"

namespace harmonic::smartlist {

/// The songs that rules choose from and what the listener did with them. Everything is referred to
/// and must outlive it.
class Library {
 public:
  Library(std::span<const catalog::Song> songs, std::span<const catalog::SongHistory> history);

  [[nodiscard]] std::span<const catalog::Song> songs() const { return songs_; }
  /// Null where the song was never heard nor liked.
  [[nodiscard]] const catalog::SongHistory* history(std::size_t index) const {
    return history_[index];
  }
  [[nodiscard]] const std::unordered_map<SongId, std::size_t>& places() const { return places_; }

 private:
  std::span<const catalog::Song> songs_;
  std::vector<const catalog::SongHistory*> history_;  ///< by index
  std::unordered_map<SongId, std::size_t> places_;
};

/// The moment at which a playlist is asked for, and the listener's time zone then.
struct Moment {
  std::chrono::system_clock::time_point now;
  std::chrono::seconds utc_offset{0};
};

/// By index in Library::songs(): whether the song stands in a playlist.
using Members = std::vector<bool>;
/// The members of a playlist that a rule names: `id` or, where it is 0, `name`. Lasts as long as
/// the selection that asks.
using MembersOf = std::function<Result<const Members*>(PlaylistId id, const std::string& name)>;

/// Rules made ready: values lowered, dates and keys read. Immutable; may be shared.
///
/// A rule is true, false or unknown of a song, as in SQL: what was not measured or written is
/// unknown, a rule that is unknown is so under its opposite and under "none" too, and a song is
/// chosen only where the whole is true. Known nothings: a text tag that is absent has no value,
/// which is not "Rock"; a song that was never played was not played in the last days.
class Selection {
 public:
  [[nodiscard]] static Selection compile(const Rules& rules);
  Selection(Selection&&) noexcept;
  Selection& operator=(Selection&&) noexcept;
  ~Selection();

  /// Indices in Library::songs(), in the order of the rules; ties stand by id.
  /// Cost    songs x rules at most; a group is left at the first rule that decides it.
  /// Errors  those of `members`.
  [[nodiscard]] Result<std::vector<std::size_t>> choose(const Library& library,
                                                        const Moment& moment,
                                                        const MembersOf& members) const;

 private:
  struct Program;
  explicit Selection(std::unique_ptr<Program> program);
  std::unique_ptr<Program> program_;
};

/// choose() of rules that name no other playlist.
/// Errors  kInvalidInput: they name one.
[[nodiscard]] Result<std::vector<std::size_t>> choose(const Rules& rules, const Library& library,
                                                      const Moment& moment);

}  // namespace harmonic::smartlist
