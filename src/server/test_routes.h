// server/test_routes.h - for tests: the routes of a house with one song.
#pragma once

#include <string>
#include <utility>

#include "server/routes.h"
#include "server/test_house.h"

namespace harmonic::server {

class RoutesOfOneSong {
 protected:
  Response ask(std::string method, std::string target, std::string body = "") const {
    return server::ask(routes_, std::move(method), std::move(target), std::move(body));
  }
  std::string path_of(SongId id, const std::string& rest = "") const {
    return "/api/songs/" + std::to_string(id.value) + rest;
  }

  TestHouse house_;
  SongId song_ = house_.add_song("first", "0123456789", ValenceArousal::clamped(0.5, -0.25));
  Routes routes_{house_.sources(4747)};
};

}  // namespace harmonic::server
