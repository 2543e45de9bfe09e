#include "syncwright/graph_read/answer_text.h"

#include <doctest/doctest.h>

using namespace syncwright;
using namespace syncwright::graph_read;

TEST_CASE("ordinary text stays as it is") {
  CHECK(graph_read::plain_text("Zoë's 日本 🎉 text") == "Zoë's 日本 🎉 text");
  CHECK(graph_read::plain_text("").empty());
}

TEST_CASE("what steers a terminal becomes a blank") {
  CHECK(graph_read::plain_text("a\x1b]0;title\x07z") == "a ]0;title z");
  CHECK(graph_read::plain_text("  a\r\n\t b \n") == "a b");
  CHECK(graph_read::plain_text("a\xc2\x9b"
                               "31mb") == "a 31mb");  // C1 CSI
  CHECK(graph_read::plain_text("a\xe2\x80\xae"
                               "b") == "a b");  // right-to-left override
  CHECK(graph_read::plain_text("a\xe2\x80\xa8"
                               "b\xe2\x81\xa6"
                               "c") == "a b c");
  CHECK(graph_read::plain_text(std::string("a\0b", 3)) == "a b");
}

TEST_CASE("bytes that are no UTF-8 go") {
  CHECK(graph_read::plain_text("a\xff\xc0\x80z") == "az");
  CHECK(graph_read::plain_text("a\xed\xa0\x80z") == "az");  // a surrogate
  CHECK(graph_read::plain_text("a\xe2\x82") == "a");        // cut in the middle
}

TEST_CASE("long text is cut between characters") {
  CHECK(graph_read::plain_text(std::string(1000, 'x')) == std::string(497, 'x') + "...");
  CHECK(graph_read::plain_text("ääää", 8) == "ää...");
}
