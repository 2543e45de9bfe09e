#pragma once

namespace syncwright {

/// The deleter of a std::unique_ptr to what a C library made and one of its functions frees:
/// `std::unique_ptr<BIO, FreeWith<BIO_free>>`.
template <auto free>
struct FreeWith {
  template <class T>
  void operator()(T* handle) const {
    free(handle);
  }
};

}  // namespace syncwright
