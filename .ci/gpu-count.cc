// Counts what a process asks of a GPU, by CUPTI's callbacks: CUDA_INJECTION64_PATH=THIS_LIBRARY GPU_COUNTS=FILE PROGRAM. The file gets
// a line a kind when the process ends.
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>

// What is needed of cupti.h, of CUDA 12 and 13 alike.
enum CUpti_ApiCallbackSite { CUPTI_API_ENTER = 0, CUPTI_API_EXIT = 1 };
struct CUpti_CallbackData {
  CUpti_ApiCallbackSite callbackSite;
  const char* functionName;
};
using CUpti_CallbackFunc = void (*)(void* user, int domain, unsigned id, const void* data);
extern "C" int cuptiSubscribe(void** subscriber, CUpti_CallbackFunc called, void* user);
extern "C" int cuptiEnableDomain(unsigned enable, void* subscriber, int domain);

namespace {
constexpr int DRIVER_API = 1;
enum Kind { LAUNCH, TO_HOST, TO_DEVICE, ON_DEVICE, WAIT, MALLOC, KINDS };
const char* const NAMES[KINDS] = {
    "kernel_launches", "copies_to_host", "copies_to_device", "copies_on_device", "waits", "allocations"};
std::atomic<long> counts[KINDS];

bool begins(const char* name, const char* with) { return std::strncmp(name, with, std::strlen(with)) == 0; }

void called(void*, int, unsigned, const void* data) {
  auto* call = static_cast<const CUpti_CallbackData*>(data);
  if (call->callbackSite != CUPTI_API_ENTER || call->functionName == nullptr) {
    return;
  }
  const char* name = call->functionName;
  if (begins(name, "cuLaunch")) {
    counts[LAUNCH]++;
  } else if (begins(name, "cuMemcpyDtoH")) {
    counts[TO_HOST]++;
  } else if (begins(name, "cuMemcpyHtoD")) {
    counts[TO_DEVICE]++;
  } else if (begins(name, "cuMemcpy")) {
    counts[ON_DEVICE]++;
  } else if (std::strstr(name, "Synchronize") != nullptr) {
    counts[WAIT]++;
  } else if (begins(name, "cuMemAlloc")) {
    counts[MALLOC]++;
  }
}

void write() {
  const char* path = std::getenv("GPU_COUNTS");
  FILE* file = path == nullptr ? stderr : std::fopen(path, "w");
  if (file == nullptr) {
    return;
  }
  for (int kind = 0; kind < KINDS; kind++) {
    std::fprintf(file, "%s %ld\n", NAMES[kind], counts[kind].load());
  }
  std::fflush(file);
}
}  // namespace

// CUDA calls it when it comes up.
extern "C" int InitializeInjection() {
  void* subscriber = nullptr;
  if (cuptiSubscribe(&subscriber, called, nullptr) != 0 || cuptiEnableDomain(1, subscriber, DRIVER_API) != 0) {
    std::fprintf(stderr, "gpu-count: CUPTI refuses\n");
    return 1;
  }
  std::atexit(write);
  return 1;
}
