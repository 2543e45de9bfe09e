#pragma once

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <memory>

#include "syncwright/core/free_with.h"

namespace syncwright::emulator {

using BioHandle = std::unique_ptr<BIO, FreeWith<BIO_free>>;
using KeyHandle = std::unique_ptr<EVP_PKEY, FreeWith<EVP_PKEY_free>>;
using CertificateHandle = std::unique_ptr<X509, FreeWith<X509_free>>;
using ExtensionHandle = std::unique_ptr<X509_EXTENSION, FreeWith<X509_EXTENSION_free>>;
using TlsContextHandle = std::unique_ptr<SSL_CTX, FreeWith<SSL_CTX_free>>;
using TlsHandle = std::unique_ptr<SSL, FreeWith<SSL_free>>;

}  // namespace syncwright::emulator
