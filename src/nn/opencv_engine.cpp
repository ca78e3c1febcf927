#include <mutex>
#include <opencv2/dnn.hpp>

#include "nn/engine.h"

namespace harmonic::nn {

namespace {

Result<Tensor> tensor_of(const cv::Mat& matrix, const std::string& name) {
  if (matrix.type() != CV_32F) {
    return fail(ErrorKind::kCorrupt, "output " + name + " of the network is not float");
  }
  const cv::Mat whole = matrix.isContinuous() ? matrix : matrix.clone();
  Tensor tensor;
  tensor.shape.assign(whole.size.p, whole.size.p + whole.dims);
  const auto* first = whole.ptr<float>();
  tensor.values.assign(first, first + whole.total());
  HARMONIC_CHECK(check_finite(tensor, name));
  return tensor;
}

// Keeps idle nets, and the bytes that more are made of: cv::dnn::Net keeps its activations inside,
// so one net serves one call at a time.
class OpencvEngine : public Engine {
 public:
  explicit OpencvEngine(std::string bytes) : bytes_{std::move(bytes)} {}

  /// Throws cv::Exception when the bytes are no network.
  cv::dnn::Net take() const {
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

  void give_back(const cv::dnn::Net& net) const {
    const std::lock_guard lock{mutex_};
    idle_.push_back(net);
  }

  [[nodiscard]] Result<std::vector<Tensor>> run(
      const Tensor& input, std::span<const std::string> outputs) const override {
    HARMONIC_CHECK(check_filled(input));
    try {
      cv::dnn::Net net = take();
      net.setInput(cv::Mat(input.shape, CV_32F, const_cast<float*>(input.values.data())));
      std::vector<cv::Mat> blobs;
      net.forward(blobs, std::vector<cv::String>(outputs.begin(), outputs.end()));
      std::vector<Tensor> results;
      for (std::size_t i = 0; i < blobs.size(); ++i) {
        HARMONIC_TRY(auto tensor, tensor_of(blobs[i], outputs[i]));
        results.push_back(std::move(tensor));
      }
      give_back(net);
      return results;
    } catch (const cv::Exception& error) {
      return fail(ErrorKind::kInvalidInput, "the network cannot take this input: " + error.err);
    }
  }

 private:
  const std::string bytes_;
  mutable std::mutex mutex_;
  mutable std::vector<cv::dnn::Net> idle_;
};

}  // namespace

Result<std::shared_ptr<const Engine>> opencv_engine(std::string onnx) {
  try {
    auto engine = std::make_shared<const OpencvEngine>(std::move(onnx));
    cv::dnn::Net net = engine->take();
    if (net.empty()) return fail(ErrorKind::kCorrupt, "the weights hold no network");
    engine->give_back(net);
    return engine;
  } catch (const std::exception& error) {  // cv::Exception, and what the standard library throws
    return fail(ErrorKind::kCorrupt, std::string{"the weights are no network: "} + error.what());
  }
}

}  // namespace harmonic::nn
