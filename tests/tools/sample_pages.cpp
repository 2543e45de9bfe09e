// Writes the pages of tests/unit/report/page_sample.h into a folder, for the browser's test
// (tests/page/page_test.py). usage: sample_pages FOLDER
#include <cstdio>
#include <filesystem>

#include "syncwright/core/file.h"
#include "unit/report/page_sample.h"

int main(int count, char** arguments) {
  using namespace syncwright;
  if (count != 2) return 64;
  const std::filesystem::path folder = arguments[1];
  const std::pair<const char*, report::PageInput> pages[] = {
      {"drift.html", report::test::pages::drift_page()},
      {"hostile.html", report::test::pages::hostile_page()},
      {"many.html", report::test::pages::many_applications(500)}};
  for (const auto& [name, input] : pages) {
    if (const auto written = write_file_atomically(folder / name, report::html_page(input));
        !written) {
      std::fprintf(stderr, "%s\n", written.error().message.c_str());
      return 1;
    }
  }
  return 0;
}
