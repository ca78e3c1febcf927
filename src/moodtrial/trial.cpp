#include "moodtrial/trial.h"

#include <algorithm>
#include <mutex>
#include <numeric>

#include "corpus/archive.h"
#include "mood/recipe.h"
#include "moodtrial/folds.h"
#include "moodtrial/lessons.h"
#include "moodtrial/parallel.h"
#include "moodtrial/rows.h"

namespace harmonic::moodtrial {

using mood::Committee;
using mood::View;

namespace {

using Column = std::vector<float>;
using Answers = std::vector<std::vector<float>>;  ///< a row a piece

Committee teach_all(const Lesson& lesson, std::uint64_t seed) {
  const std::vector<bool> all(lesson.x.size(), true);
  return mood::learn_together(examples_of(lesson, all), mood::members_for(lesson.view, seed));
}

Column column_of(const Answers& rows, std::size_t column) {
  Column values;
  values.reserve(rows.size());
  for (const auto& row : rows) values.push_back(row[column]);
  return values;
}

Answers ask_all(const Committee& committee, const Lesson& lesson) {
  Answers answers;
  for (const auto& x : lesson.x) answers.push_back(mood::ask(committee, x).mean);
  return answers;
}

/// Folds of one corpus: taught by `taught`, asked about `asked`; a song is never in both.
struct Course {
  const Lesson& taught;
  const Lesson& asked;
  std::uint64_t seed;
  std::vector<std::size_t> asked_fold;
  std::vector<std::size_t> taught_fold;
  Answers answers;

  Course(const Lesson& to_teach, const Lesson& to_ask, std::uint64_t with_seed)
      : taught{to_teach},
        asked{to_ask},
        seed{with_seed},
        asked_fold{fold_by_group(asked.groups, kFolds, seed)},
        taught_fold{fold_by_group(taught.groups, kFolds, seed)},
        answers(asked.x.size()) {}

  void run(std::size_t fold) {
    std::vector<bool> wanted;
    for (const auto f : taught_fold) wanted.push_back(f != fold);
    const auto committee =
        mood::learn_together(examples_of(taught, wanted), mood::members_for(taught.view, seed));
    for (std::size_t row = 0; row < answers.size(); ++row) {
      if (asked_fold[row] == fold) answers[row] = mood::ask(committee, asked.x[row]).mean;
    }
  }
};

/// Runs the jobs on `threads`, in any order.
void run_all(const std::vector<std::function<void()>>& jobs, std::size_t threads,
             const OnStep& on_step) {
  std::size_t done = 0;
  std::mutex telling;
  const Work work = [&](std::size_t at) -> Result<void> {
    jobs[at]();
    const std::lock_guard lock{telling};
    ++done;
    if (on_step) on_step(done, jobs.size());
    return {};
  };
  static_cast<void>(
      in_parallel(jobs.size(), threads, [&work] { return Work{work}; }));  // none can fail
}

Lesson piano_lesson(const std::vector<Table>& tables) {
  Lesson lesson = lesson_of(tables.front(), View::kNotes);
  for (std::size_t i = 1; i < tables.size(); ++i)
    append(lesson, lesson_of(tables[i], View::kNotes));
  return lesson;
}

/// Place in kQuarters of a row that begins with valence and arousal.
std::size_t quarter_of(const std::vector<float>& row) {
  const bool pleasant = row[0] > 0.0F;
  if (row[1] > 0.0F) return pleasant ? 0 : 1;
  return pleasant ? 3 : 2;
}

void add_emopia(const Answers& said, const Answers& truth, Figures& figures) {
  const auto valence = column_of(said, 0);
  const auto arousal = column_of(said, 1);
  figures.emopia_valence = sign_accuracy(valence, column_of(truth, 0));
  figures.emopia_arousal = sign_accuracy(arousal, column_of(truth, 1));
  std::size_t right = 0;
  for (std::size_t i = 0; i < said.size(); ++i) {
    const auto answer = quarter_of(said[i]);
    const auto label = quarter_of(truth[i]);
    ++figures.emopia.at(kQuarters.size() * label + answer);
    right += answer == label ? 1 : 0;
  }
  figures.emopia_quadrant = static_cast<double>(right) / static_cast<double>(said.size());
}

std::size_t genre_of(const std::vector<float>& row) {
  const auto first = row.begin() + 2 + mood::kGems.size();
  return static_cast<std::size_t>(std::max_element(first, row.end()) - first);
}

void add_emotify(const Answers& said, const Answers& truth, Figures& figures) {
  const auto r = [&](std::size_t column) {
    return correlation(column_of(said, column), column_of(truth, column));
  };
  figures.emotify_valence_r = r(0);
  figures.emotify_arousal_r = r(1);
  for (std::size_t i = 0; i < mood::kGems.size(); ++i) figures.emotify_r[i] = r(2 + i);
  std::size_t right = 0;
  for (std::size_t i = 0; i < said.size(); ++i)
    right += genre_of(said[i]) == genre_of(truth[i]) ? 1 : 0;
  figures.emotify_genre = static_cast<double>(right) / static_cast<double>(said.size());
}

/// The heads that may speak about EMOPIA without having seen it, each by a job of its own.
struct Strangers {
  Committee deam;
  Committee emotify;
  Committee vgmidi;

  void add_figures(const Table& emopia, Figures& figures) const {
    const mood::Model model{{{"deam", View::kExcerpt, false, deam},
                             {"emotify", View::kSong, true, emotify},
                             {"piano", View::kNotes, false, vgmidi}},
                            {}};
    Answers said;
    for (const auto& row : emopia.x) {
      const auto joint = model.joint(row);
      said.push_back({joint[0], joint[1]});
    }
    figures.to_emopia_valence_auc = area_under_curve(column_of(said, 0), column_of(emopia.y, 0));
    figures.to_emopia_arousal_auc = area_under_curve(column_of(said, 1), column_of(emopia.y, 1));
  }
};

Hearing hearing_of(const Sources& sources, std::string what, const OnHeard& on_heard) {
  return {sources.cache, sources.jobs, [what = std::move(what), &on_heard](auto done, auto all) {
            if (on_heard) on_heard(what, done, all);
          }};
}

Result<Table> hear_piano(const PieceSet& set, const std::filesystem::path& font,
                         const Sources& sources, const OnHeard& on_heard) {
  const auto what = set.name + " by " + font.stem().string();
  return hear_midi(set, font, hearing_of(sources, what, on_heard));
}

}  // namespace

double Figures::emotify_mean_r() const {
  return std::accumulate(emotify_r.begin(), emotify_r.end(), 0.0) /
         static_cast<double>(emotify_r.size());
}

Result<Corpora> hear_corpora(const Sources& sources, const OnHeard& on_heard) {
  const auto open = [&](const char* folder, const char* archive) {
    return corpus::open_set(sources.data, folder, archive, sources.cache);
  };
  Corpora corpora;
  HARMONIC_TRY(const auto deam, open("deam", "deam.tar.zst"));
  HARMONIC_TRY(corpora.deam, read_deam(deam));
  HARMONIC_TRY(const auto emotify, open("emotify", "emotify.tar"));
  HARMONIC_TRY(const auto excerpts, read_emotify(emotify));
  HARMONIC_TRY(corpora.emotify, hear_files(excerpts, hearing_of(sources, "emotify", on_heard)));
  HARMONIC_TRY(const auto midi, open("midi", "midi_moods.tar.zst"));
  HARMONIC_TRY(const auto emopia, read_emopia(midi / "emopia"));
  HARMONIC_TRY(const auto phrases, corpus::open_set(midi / "vgmidi" / "labelled", "phrases",
                                                    "phrases.zip", sources.cache / "vgmidi"));
  HARMONIC_TRY(const auto vgmidi, read_vgmidi(midi / "vgmidi" / "vgmidi_labelled.csv", phrases));
  for (const auto& font : sources.fonts) {
    HARMONIC_TRY(auto heard, hear_piano(emopia, font, sources, on_heard));
    corpora.emopia.push_back(std::move(heard));
    HARMONIC_TRY(auto games, hear_piano(vgmidi, font, sources, on_heard));
    corpora.vgmidi.push_back(std::move(games));
  }
  HARMONIC_TRY(corpora.emopia_unheard, hear_piano(emopia, sources.unheard_font, sources, on_heard));
  return corpora;
}

Figures measure(const Corpora& corpora, std::uint64_t seed, std::size_t jobs,
                const OnStep& on_step) {
  const auto deam = lesson_of(corpora.deam, View::kExcerpt);
  const auto emotify = emotify_lesson(corpora.emotify);
  const auto emotify_excerpts = lesson_of(corpora.emotify, View::kExcerpt);
  const auto piano = piano_lesson(corpora.emopia);
  const auto unheard = lesson_of(corpora.emopia_unheard, View::kNotes);
  const auto games = piano_lesson(corpora.vgmidi);
  Course deam_course{deam, deam, seed};
  Course emotify_course{emotify, emotify, seed};
  Course emopia_course{piano, unheard, seed};
  Strangers strangers;
  std::vector<std::function<void()>> steps{[&] { strangers.deam = teach_all(deam, seed); },
                                           [&] { strangers.emotify = teach_all(emotify, seed); },
                                           [&] { strangers.vgmidi = teach_all(games, seed); }};
  for (auto* course : {&emopia_course, &deam_course, &emotify_course}) {
    for (std::size_t fold = 0; fold < kFolds; ++fold)
      steps.emplace_back([course, fold] { course->run(fold); });
  }
  run_all(steps, jobs, on_step);

  Figures figures;
  figures.deam = {column_of(deam_course.answers, 0), column_of(deam.y, 0),
                  column_of(deam_course.answers, 1), column_of(deam.y, 1)};
  figures.deam_valence_r2 = r_squared(figures.deam.valence_said, figures.deam.valence_truth);
  figures.deam_arousal_r2 = r_squared(figures.deam.arousal_said, figures.deam.arousal_truth);
  add_emotify(emotify_course.answers, emotify.y, figures);
  add_emopia(emopia_course.answers, unheard.y, figures);
  const auto across = ask_all(strangers.deam, emotify_excerpts);
  figures.deam_to_emotify_valence_r = correlation(column_of(across, 0), column_of(emotify.y, 0));
  figures.deam_to_emotify_arousal_r = correlation(column_of(across, 1), column_of(emotify.y, 1));
  strangers.add_figures(corpora.emopia_unheard, figures);
  return figures;
}

mood::Model teach(const Corpora& corpora, std::uint64_t seed) {
  auto piano = piano_lesson(corpora.emopia);
  append(piano, piano_lesson(corpora.vgmidi));
  std::vector<mood::Head> heads{
      {"deam", View::kExcerpt, false, teach_all(lesson_of(corpora.deam, View::kExcerpt), seed)},
      {"emotify", View::kSong, true, teach_all(emotify_lesson(corpora.emotify), seed)},
      {"piano", View::kNotes, false, teach_all(piano, seed)}};
  const mood::Model unplaced{heads, {}};
  Answers joints;
  for (const auto& row : corpora.emotify.x) {
    const auto joint = unplaced.joint(row);
    joints.push_back({joint[0], joint[1]});
  }
  const auto spreads = spreads_of(joints);
  return {std::move(heads), {spreads[0], spreads[1]}};
}

}  // namespace harmonic::moodtrial
