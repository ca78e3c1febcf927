#include "smartlist/order.h"

#include <utility>

#include "smartlist/keys.h"

namespace harmonic::smartlist {

SortValue sort_value(Field field, const Row& row, std::uint64_t lot) {
  const auto at = static_cast<std::size_t>(field);
  switch (type_of(field)) {
    case FieldType::kText: {
      std::string joined;
      for (const auto& text : row.texts.at(at))
        joined.append(joined.empty() ? "" : ", ").append(text);
      return {std::nullopt, std::move(joined)};
    }
    case FieldType::kDate:
      if (!row.date) return {};
      return {static_cast<double>(row.date->first.time_since_epoch().count()), {}};
    case FieldType::kKey: return {std::nullopt, row.key ? name_of(*row.key) : std::string{}};
    case FieldType::kWord:
      if (field == Field::kMode)
        return {
            std::nullopt,
            row.key ? std::string{words_of(field)[static_cast<std::size_t>(row.key->mode)]} : ""};
      return {std::nullopt, row.mood == Row::kNoWord ? "" : std::string{words_of(field)[row.mood]}};
    case FieldType::kOrder: return {static_cast<double>(lot >> 11U), {}};
    default: return {row.numbers.at(at), {}};
  }
}

int compare(const SortValue& a, const SortValue& b, bool descending) {
  if (a.absent() != b.absent()) return a.absent() ? 1 : -1;
  int order = 0;
  if (a.number && b.number) {
    order = *a.number < *b.number ? -1 : *a.number > *b.number ? 1 : 0;
  } else {
    order = a.text.compare(b.text);
  }
  if (order == 0) return 0;
  return (order < 0) != descending ? -1 : 1;
}

}  // namespace harmonic::smartlist
