#include "classic/recipe.h"

#include <array>
#include <utility>
#include <vector>

namespace harmonic::classic {
namespace {

/// Changed whenever the same words would give another outcome.
constexpr int kVersion = 1;

constexpr std::array kRecipes{
    Recipe{"eigenfaces + nearest neighbour", FeatureKind::kPixels, Scaling::kCentre,
           LearnerKind::kNearest, 0, "Turk & Pentland 1991"},
    Recipe{"eigenfaces + SVM", FeatureKind::kPixels, Scaling::kCentre, LearnerKind::kSvm, kSvmRows,
           "Turk & Pentland 1991; Guo, Li & Chan 2000"},
    Recipe{"LBP histograms + SVM", FeatureKind::kLbp, Scaling::kCentre, LearnerKind::kSvm, kSvmRows,
           "Shan, Gong & McOwan 2009"},
    Recipe{"DCT + SVM", FeatureKind::kDct, Scaling::kStandardise, LearnerKind::kSvm, kSvmRows,
           "Khan, Shafi & Waqas 2016"},
    Recipe{"Gabor + SVM", FeatureKind::kGabor, Scaling::kStandardise, LearnerKind::kSvm, kSvmRows,
           "Lyons et al. 1998; Bartlett et al. 2005"},
    Recipe{"landmark geometry + SVM", FeatureKind::kGeometry, Scaling::kStandardise,
           LearnerKind::kSvm, kSvmRows, "Michel & El Kaliouby 2003"},
    Recipe{"landmark geometry + RBF network", FeatureKind::kGeometry, Scaling::kStandardise,
           LearnerKind::kRbfNetwork, 0, "Rosenblum, Yacoob & Davis 1996"},
};

image::Picture picture_of(std::span<const std::uint8_t> face) {
  return {evaluate::kFaceSide, evaluate::kFaceSide, 1, {face.begin(), face.end()}};
}

/// The features of at most `most` faces (stratified; 0 for all), without those that show none.
Result<Rows> rows_of(const Features& features, const evaluate::LabelledFaces& faces,
                     std::size_t most, std::string_view what, const Progress& progress) {
  const auto which = stratified(faces.labels, most);
  Rows rows;
  for (std::size_t n = 0; n < which.size(); ++n) {
    const auto i = which[n];
    HARMONIC_TRY(const auto shown, features(picture_of(faces.image(i))));
    if (shown) {
      if (rows.size() == 0) rows.values.reserve(which.size() * shown->size());
      rows.add(*shown, faces.labels[i]);
    }
    progress(what, n + 1, which.size());
  }
  return rows;
}

Rows projected(const Projection& projection, const Rows& rows) {
  Rows fewer;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    fewer.add(projection.apply(rows.row(i)), rows.labels[i]);
  }
  return fewer;
}

}  // namespace

std::span<const Recipe> recipes() { return kRecipes; }

std::string settings_of(const Recipe& recipe) {
  std::string words = "version " + std::to_string(kVersion) + "; ";
  words += recipe.name;
  words += "; ";
  words += recipe_of(recipe.features);
  words += recipe.scaling == Scaling::kCentre ? "; centred" : "; standardised";
  words += "; " + std::to_string(kAxes) + " axes of " + std::to_string(kProjectionRows) + " rows; ";
  words += grid_of(recipe.learner);
  words += "; " + std::to_string(recipe.most_rows) + " rows";
  return words;
}

Result<Trained> Trained::train(const Recipe& recipe, const evaluate::LabelledFaces& training,
                               const evaluate::LabelledFaces& choosing,
                               const std::filesystem::path& share, const Progress& progress) {
  Trained made;
  HARMONIC_TRY(made.features_, features_of(recipe.features, share));
  HARMONIC_TRY(const auto shown,
               rows_of(made.features_, training, recipe.most_rows, "features", progress));
  HARMONIC_TRY(made.projection_,
               Projection::fit(subset_of(shown, kProjectionRows), recipe.scaling, kAxes));
  HARMONIC_TRY(const auto held_out,
               rows_of(made.features_, choosing, 0, "features to choose by", progress));
  const auto learning = projected(made.projection_, shown);
  progress("learning", 0, 1);
  HARMONIC_TRY(made.choice_,
               learn(recipe.learner, learning, projected(made.projection_, held_out)));
  progress("learning", 1, 1);
  made.rows_ = learning.size();
  return made;
}

Result<std::optional<std::uint8_t>> Trained::answer(const image::Picture& face) const {
  HARMONIC_TRY(const auto shown, features_(face));
  if (!shown) return std::nullopt;
  HARMONIC_TRY(const auto label, choice_.learned->answer(projection_.apply(*shown)));
  return label;
}

}  // namespace harmonic::classic
