#include <fmt/format.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>

#include "syncwright/core/file.h"
#include "syncwright/core/free_with.h"
#include "syncwright/http/curl_transport.h"

namespace syncwright::http {

namespace {

bool holds_certificate(const std::string& pem) {
  const std::unique_ptr<BIO, FreeWith<BIO_free>> bio(
      BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  const std::unique_ptr<X509, FreeWith<X509_free>> certificate(
      PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
  ERR_clear_error();
  return certificate != nullptr;
}

/// `named_by`: the flag or the variable, for the message.
Result<void> trust_bundle(CurlOptions& options, const std::filesystem::path& file,
                          const char* named_by) {
  constexpr const char* advice =
      "it takes a file of certificates in PEM: lines between `-----BEGIN CERTIFICATE-----` and "
      "`-----END CERTIFICATE-----`";
  constexpr std::size_t largest = 16u << 20u;
  const Result<std::string> pem = read_file(file, largest);
  if (!pem) {
    return fail(ErrorKind::invalid_input, fmt::format("{}: {}", named_by, pem.error().message),
                advice);
  }
  if (!holds_certificate(*pem)) {
    return fail(ErrorKind::invalid_input,
                fmt::format("{}: {} holds no certificate", named_by, file.string()), advice);
  }
  options.ca_file = file.string();
  return {};
}

}  // namespace

Result<void> trust(CurlOptions& options, const std::filesystem::path& ca_file,
                   const Environment& environment) {
  if (!ca_file.empty()) return trust_bundle(options, ca_file, "--ca-file");
  options.ca_folder = environment.get("SSL_CERT_DIR").value_or("");
  const auto named = environment.get("SSL_CERT_FILE");
  return named ? trust_bundle(options, *named, "SSL_CERT_FILE") : Result<void>{};
}

}  // namespace syncwright::http
