#include "core/diagnostic_page.h"

#include <doctest/doctest.h>

using namespace syncwright;

TEST_CASE("a page becomes a text for a terminal") {
  const DiagnosticPage page = read_diagnostic_page(R"(# SW3103: Wrong number of `arguments`

Level: warning

Files \*.yaml, a \\G and `\*` over
`two
\* lines`.

```yaml fragment
a:
  b: "\*"
```

Behind the example.

## Wrong

```text
Left([givenName])
Left()
```

## Right

```text
Left([givenName], 1)
```

```text
without a label
```

## See also

- [Manifests](../manifests.md)
)");
  CHECK(page.title == "Wrong number of `arguments`");
  CHECK(page.severity == Severity::warning);
  CHECK(page.text == R"(Files *.yaml, a \G and `\*` over
`two
\* lines`.
    a:
      b: "\*"
Behind the example.
    wrong:  Left([givenName])
    wrong:  Left()
    right:  Left([givenName], 1)
    without a label)");
}

TEST_CASE("a text that is no page has no title") {
  for (const char* text : {"", "# SW1001", "# SW1001: Title", "SW1001: Title\n\nLevel: error\n",
                           "# SW1001: Title\n\nLevel: fatal\n"}) {
    CAPTURE(text);
    CHECK(read_diagnostic_page(text).title.empty());
  }
  CHECK(read_diagnostic_page("# SW1001: Title\n\nLevel: note\n").title == "Title");
}
