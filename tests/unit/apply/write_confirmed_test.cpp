#include "syncwright/apply/write_confirmed.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "unit/manual_clock.h"
#include "unit/temporary_folder.h"

namespace syncwright::apply {

namespace {

using Lines = std::vector<std::string>;

Error answered(int status, ErrorKind kind) {
  Error error;
  error.kind = kind;
  error.status = status;
  error.message = "answer " + std::to_string(status);
  return error;
}

const Error kLost = answered(0, ErrorKind::transport);
const Error kBusy = answered(503, ErrorKind::unavailable);
const Error kGateway = answered(502, ErrorKind::unavailable);
const Error kRefused = answered(400, ErrorKind::rejected);

/// One write against a tenant of one bit. `story` is what was asked of it, in order.
struct OneBit {
  TemporaryFolder folder;
  ManualClock clock;
  std::stop_source stop;
  std::unique_ptr<Journal> journal = Journal::open(folder.path() / "journal", clock).value();
  WriteSession session{
      *journal, {clock, Milliseconds{900'000}, Milliseconds{600'000}, stop.get_token(), {}}, {}};
  Lines story;
  std::vector<Error> errors;  ///< of the sendings, one after the other; then they succeed
  bool takes_effect = true;   ///< also where the answer was an error
  bool is_there = false;
  Next next = Next::send;

  Result<graph_write::Written> send() {
    story.emplace_back("send");
    if (errors.empty()) {
      is_there = true;
      return graph_write::Written{204, "of-the-server"};
    }
    is_there = is_there || takes_effect;
    Error error = errors.front();
    errors.erase(errors.begin());
    return fail(std::move(error));
  }
  TenantWrite write(Resend resend) {
    TenantWrite write{"thing.write", session.target("the thing to take it"), resend};
    write.send = [this](const std::stop_token&) { return send(); };
    write.proof = [this] {
      story.emplace_back("look");
      return look_for(session, session.read_back("the thing to be there"),
                      [this]() -> Result<bool> { return is_there; });
    };
    return write;
  }
  /// The same, with a read that its body is made of.
  TenantWrite prepared(Resend resend) {
    TenantWrite with_read = write(resend);
    with_read.prepare = [this]() -> Result<Next> {
      story.emplace_back("read");
      return is_there ? Next::nothing : next;
    };
    return with_read;
  }
  Result<Confirmed> carry_out(const TenantWrite& write) {
    session.begin("app");
    return write_confirmed(session, write);
  }
};

}  // namespace

TEST_CASE("an answered write is looked at once, and journalled") {
  OneBit tenant;
  CHECK(tenant.carry_out(tenant.write(Resend::never)) == Confirmed::written);
  CHECK(tenant.story == Lines{"send", "look"});
  CHECK(tenant.session.writes() == 1);
  CHECK_FALSE(tenant.session.in_doubt());
  CHECK(tenant.clock.waits().empty());
}

TEST_CASE("a refusal ends a write: nothing is looked at, counted or in doubt") {
  for (const Resend resend : {Resend::never, Resend::when_service_failed, Resend::when_answered,
                              Resend::after_preparing}) {
    OneBit tenant;
    tenant.errors = {kRefused};
    const auto written = tenant.carry_out(tenant.write(resend));
    REQUIRE_FALSE(written.has_value());
    CHECK(written.error().status == 400);
    CHECK(tenant.story == Lines{"send"});
    CHECK(tenant.session.writes() == 0);
    CHECK_FALSE(tenant.session.in_doubt());
  }
}

TEST_CASE("a lost answer to what took effect is settled by a look") {
  for (const Resend resend : {Resend::never, Resend::when_service_failed, Resend::when_answered}) {
    for (const Error& error : {kLost, kGateway, kBusy}) {
      OneBit tenant;
      tenant.errors = {error};
      CHECK(tenant.carry_out(tenant.write(resend)) == Confirmed::written);
      CHECK(tenant.story == Lines{"send", "look"});
      CHECK(tenant.session.writes() == 1);
      CHECK_FALSE(tenant.session.in_doubt());
    }
  }
}

TEST_CASE("what the look does not show is sent again as its rule says, and as often") {
  struct Row {
    Resend resend;
    Error error;
    int sends;
  };
  for (const Row& row :
       {Row{Resend::never, kBusy, 1}, Row{Resend::when_service_failed, kBusy, 3},
        Row{Resend::when_service_failed, kGateway, 1}, Row{Resend::when_service_failed, kLost, 1},
        Row{Resend::when_answered, kBusy, 3}, Row{Resend::when_answered, kGateway, 3},
        Row{Resend::when_answered, kLost, 1}}) {
    CAPTURE(static_cast<int>(row.resend));
    CAPTURE(row.error.status);
    OneBit tenant;
    tenant.takes_effect = false;
    tenant.errors = std::vector<Error>(9, row.error);
    const auto written = tenant.carry_out(tenant.write(row.resend));
    REQUIRE_FALSE(written.has_value());
    CHECK(written.error().status == row.error.status);
    Lines expected;
    for (int i = 0; i < row.sends; ++i) expected.insert(expected.end(), {"send", "look"});
    CHECK(tenant.story == expected);
    CHECK(tenant.session.in_doubt());
  }
}

TEST_CASE("a body that is made from a read is made again before each sending") {
  OneBit tenant;
  tenant.takes_effect = false;
  tenant.errors = {kBusy, kLost};
  CHECK(tenant.carry_out(tenant.prepared(Resend::after_preparing)) == Confirmed::written);
  CHECK(tenant.story == Lines{"read", "send", "read", "send", "read", "send", "look"});

  OneBit never;
  never.takes_effect = false;
  never.errors = std::vector<Error>(20, kBusy);
  CHECK_FALSE(never.carry_out(never.prepared(Resend::after_preparing)).has_value());
  CHECK(std::count(never.story.begin(), never.story.end(), "send") == 8);
  CHECK(never.session.in_doubt());
}

TEST_CASE("the read that the next body is made from shows that a lost write took effect") {
  OneBit tenant;
  tenant.errors = {kLost};
  CHECK(tenant.carry_out(tenant.prepared(Resend::after_preparing)) == Confirmed::written);
  CHECK(tenant.story == Lines{"read", "send", "read", "look"});
  CHECK_FALSE(tenant.session.in_doubt());
}

TEST_CASE("what is so already is not sent") {
  OneBit tenant;
  tenant.is_there = true;
  CHECK(tenant.carry_out(tenant.prepared(Resend::after_preparing)) == Confirmed::already);
  CHECK(tenant.story == Lines{"read"});
  CHECK(tenant.session.writes() == 0);
}

TEST_CASE("what no read tells stays in doubt without a look") {
  OneBit tenant;
  tenant.errors = {kLost};
  tenant.next = Next::send_unseen;
  CHECK_FALSE(tenant.carry_out(tenant.prepared(Resend::when_answered)).has_value());
  CHECK(tenant.story == Lines{"read", "send"});
  CHECK(tenant.session.in_doubt());
}

TEST_CASE("what need not be sent any more is proven all the same where its step asks for it") {
  OneBit tenant;
  tenant.next = Next::prove;
  TenantWrite write = tenant.prepared(Resend::never);
  write.proof = [&tenant] {
    tenant.story.emplace_back("look");
    return Evidence{};
  };
  CHECK(tenant.carry_out(write) == Confirmed::written);
  CHECK(tenant.story == Lines{"read", "look"});
  CHECK(tenant.session.writes() == 0);
}

TEST_CASE("an answer that names what it made needs no look, a lost one does") {
  OneBit tenant;
  TenantWrite write = tenant.write(Resend::when_service_failed);
  write.answer_proves = true;
  CHECK(tenant.carry_out(write) == Confirmed::written);
  CHECK(tenant.story == Lines{"send"});
  tenant.errors = {kLost};
  CHECK(tenant.carry_out(write) == Confirmed::written);
  CHECK(tenant.story == Lines{"send", "send", "look"});
}

TEST_CASE("what stores nothing is neither counted nor in doubt") {
  OneBit tenant;
  tenant.errors = {kLost};
  TenantWrite write = tenant.write(Resend::never);
  write.stores = false;
  CHECK_FALSE(tenant.carry_out(write).has_value());
  CHECK(tenant.story == Lines{"send"});
  CHECK(tenant.session.writes() == 0);
  CHECK_FALSE(tenant.session.in_doubt());
}

TEST_CASE("what a refusal means is its step's to say") {
  OneBit tenant;
  tenant.errors = {answered(404, ErrorKind::not_found)};
  TenantWrite write = tenant.write(Resend::never);
  write.judge = gone_is_done;
  CHECK(tenant.carry_out(write) == Confirmed::written);
  CHECK(tenant.story == Lines{"send", "look"});
  tenant.errors = {kRefused};
  write.judge = [](const Error&) { return RefusalVerdict::there_already; };
  CHECK(tenant.carry_out(write) == Confirmed::there_already);
}

TEST_CASE("something else that is stored settles a doubt as a failure") {
  for (const bool lost : {false, true}) {
    OneBit tenant;
    if (lost) tenant.errors = {kLost};
    TenantWrite write = tenant.write(Resend::never);
    write.proof = [] {
      return Evidence{Evidence::Kind::different, stored_differently("stored differently: a")};
    };
    const auto written = tenant.carry_out(write);
    REQUIRE_FALSE(written.has_value());
    CHECK(written.error().kind == (lost ? ErrorKind::transport : ErrorKind::stored_differently));
    CHECK_FALSE(tenant.session.in_doubt());
  }
}

TEST_CASE("an answered write that never shows is stored differently") {
  OneBit tenant;
  TenantWrite write = tenant.write(Resend::never);
  write.send = [](const std::stop_token&) { return graph_write::Written{204, ""}; };
  const auto written = tenant.carry_out(write);
  REQUIRE_FALSE(written.has_value());
  CHECK(written.error().kind == ErrorKind::stored_differently);
  CHECK(written.error().message == "waited 60 s in vain for the thing to be there");
  CHECK_FALSE(tenant.session.in_doubt());
}

TEST_CASE("a young object's refusal is waited for, and the body made again") {
  OneBit tenant;
  tenant.session.set_born(tenant.clock.now());
  tenant.takes_effect = false;
  tenant.errors = {answered(403, ErrorKind::forbidden), answered(404, ErrorKind::not_found)};
  CHECK(tenant.carry_out(tenant.prepared(Resend::never)) == Confirmed::written);
  CHECK(tenant.story == Lines{"read", "send", "read", "send", "read", "send", "look"});
  CHECK(tenant.clock.waits() == std::vector{Milliseconds{200}, Milliseconds{400}});
}

TEST_CASE("nothing is begun after a stop request") {
  OneBit tenant;
  tenant.stop.request_stop();
  const auto written = tenant.carry_out(tenant.write(Resend::when_answered));
  REQUIRE_FALSE(written.has_value());
  CHECK(written.error().kind == ErrorKind::cancelled);
  CHECK(written.error().message == "interrupted before thing.write");
  CHECK(tenant.story.empty());
}

TEST_CASE("the server's Retry-After is waited for, but not for ever") {
  OneBit tenant;
  tenant.takes_effect = false;
  Error asks = kBusy;
  asks.retry_after = Milliseconds{2'000};
  tenant.errors = {asks};
  CHECK(tenant.carry_out(tenant.prepared(Resend::after_preparing)) == Confirmed::written);
  CHECK(tenant.clock.waits() == std::vector{Milliseconds{2'000}});
  asks.retry_after = Milliseconds{3'600'000};
  tenant.is_there = false;
  tenant.errors = {asks};
  CHECK_FALSE(tenant.carry_out(tenant.prepared(Resend::after_preparing)).has_value());
}

}  // namespace syncwright::apply
