#include "nn/network.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <mutex>
#include <opencv2/dnn.hpp>

#include "base/digest.h"

namespace harmonic::nn {

namespace {

Result<std::string> contents_of(const std::filesystem::path& file) {
  std::error_code trouble;
  if (!std::filesystem::is_regular_file(file, trouble)) {
    return fail(ErrorKind::kNotFound, "there is no file " + file.string());
  }
  std::ifstream stream{file, std::ios::binary};
  std::string bytes{std::istreambuf_iterator<char>{stream}, {}};
  if (!stream) {
    return fail(ErrorKind::kUnavailable, file.string() + " cannot be read: check its permissions");
  }
  return bytes;
}

Result<Tensor> tensor_of(const cv::Mat& matrix, const std::string& name) {
  if (matrix.type() != CV_32F) {
    return fail(ErrorKind::kCorrupt, "output " + name + " of the network is not float");
  }
  const cv::Mat whole = matrix.isContinuous() ? matrix : matrix.clone();
  Tensor tensor;
  tensor.shape.assign(whole.size.p, whole.size.p + whole.dims);
  const auto* first = whole.ptr<float>();
  tensor.values.assign(first, first + whole.total());
  if (!std::all_of(tensor.values.begin(), tensor.values.end(),
                   [](float x) { return std::isfinite(x); })) {
    return fail(ErrorKind::kCorrupt, "output " + name + " of the network is not finite");
  }
  return tensor;
}

}  // namespace

// Idle nets and the bytes that more are made of. cv::dnn::Net keeps its activations inside, so one
// net serves one call at a time.
class Network::Pool {
 public:
  explicit Pool(std::string bytes) : bytes_{std::move(bytes)} {}

  /// Throws cv::Exception when the bytes are no network.
  cv::dnn::Net take() {
    {
      const std::lock_guard lock{mutex_};
      if (!idle_.empty()) {
        cv::dnn::Net net = idle_.back();
        idle_.pop_back();
        return net;
      }
    }
    cv::dnn::Net net = cv::dnn::readNetFromONNX(bytes_.data(), bytes_.size());
    net.setPreferableBackend(cv::dnn::DNN_BACKEND_OPENCV);
    return net;
  }

  void give_back(const cv::dnn::Net& net) {
    const std::lock_guard lock{mutex_};
    idle_.push_back(net);
  }

 private:
  const std::string bytes_;
  std::mutex mutex_;
  std::vector<cv::dnn::Net> idle_;
};

Result<Network> Network::from_onnx(std::string bytes) {
  try {
    auto pool = std::make_shared<Pool>(std::move(bytes));
    cv::dnn::Net net = pool->take();
    if (net.empty()) return fail(ErrorKind::kCorrupt, "the weights hold no network");
    pool->give_back(net);
    return Network{std::move(pool)};
  } catch (const std::exception& error) {  // cv::Exception, and what the standard library throws
    return fail(ErrorKind::kCorrupt, std::string{"the weights are no network: "} + error.what());
  }
}

Result<Network> Network::load(const std::filesystem::path& file, std::string_view sha256) {
  HARMONIC_TRY(auto bytes, contents_of(file));
  if (sha256_hex(bytes) != sha256) {
    return fail(ErrorKind::kCorrupt, file.string() +
                                         " has another digest than its manifest states: fetch or "
                                         "build it again");
  }
  auto network = from_onnx(std::move(bytes));
  if (!network) return tl::unexpected{std::move(network.error()).while_doing(file.string())};
  return network;
}

Result<std::vector<Tensor>> Network::run(const Tensor& input,
                                         std::span<const std::string> outputs) const {
  std::size_t wanted = 1;
  for (const int side : input.shape) wanted *= static_cast<std::size_t>(std::max(side, 0));
  if (input.shape.empty() || wanted == 0 || wanted != input.values.size()) {
    return fail(ErrorKind::kInvalidInput, "the network's input does not fill its shape");
  }
  try {
    cv::dnn::Net net = pool_->take();
    net.setInput(cv::Mat(input.shape, CV_32F, const_cast<float*>(input.values.data())));
    std::vector<cv::Mat> blobs;
    net.forward(blobs, std::vector<cv::String>(outputs.begin(), outputs.end()));
    std::vector<Tensor> results;
    for (std::size_t i = 0; i < blobs.size(); ++i) {
      HARMONIC_TRY(auto tensor, tensor_of(blobs[i], outputs[i]));
      results.push_back(std::move(tensor));
    }
    pool_->give_back(net);
    return results;
  } catch (const cv::Exception& error) {
    return fail(ErrorKind::kInvalidInput, "the network cannot take this input: " + error.err);
  }
}

}  // namespace harmonic::nn
