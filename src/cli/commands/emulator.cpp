#include <malloc.h>

#include "cli/commands.h"
#include "cli/embedded_emulator.h"
#include "syncwright/core/file.h"
#include "syncwright/emulator/certificate.h"
#include "syncwright/emulator/server.h"

namespace syncwright::cli {
namespace {

struct EmulatorFlags {
  std::string listen = "127.0.0.1:8484";
  std::string state = ".syncwright/emulator.db";
  std::string export_to;
  std::string import_from;
  std::string catalog;
  std::int64_t latency = 0;
  std::int64_t replication_delay = 0;
  bool refuse_writes = false;
  std::string request_log;
  bool tls = false;
  std::string tls_cert;
  std::string tls_key;
  std::int64_t throttle = 0;
  std::string faults;
};

/// "HOST:PORT" or "PORT", an IPv6 host in brackets; the port 0 picks one.
bool split_address(const std::string& address, emulator::ServerOptions& options) {
  const std::size_t colon = address.rfind(':');
  const std::string port = colon == std::string::npos ? address : address.substr(colon + 1);
  if (colon != std::string::npos) {
    options.host = address.substr(0, colon);
    if (options.host.starts_with('[') && options.host.ends_with(']')) {
      options.host = options.host.substr(1, options.host.size() - 2);
    }
  }
  if (options.host.empty() || port.empty() || port.size() > 5 ||
      port.find_first_not_of("0123456789") != std::string::npos) {
    return false;
  }
  options.port = std::stoi(port);
  return options.port <= 65535;
}

/// Beside the state: "emulator-ca.pem" of "emulator.db".
std::filesystem::path authority_file(const std::filesystem::path& state) {
  return state.parent_path() / (state.stem().string() + "-ca.pem");
}

/// The certificate of --tls or of the two files, where one is asked for. Returns the file of the CA
/// that clients have to trust; empty without one of ours.
Result<std::filesystem::path> choose_certificate(const Session& session, const EmulatorFlags& flags,
                                                 emulator::ServerOptions& server) {
  if (!flags.tls_cert.empty()) {
    auto read = emulator::read_certificate(session.working_folder / flags.tls_cert,
                                           session.working_folder / flags.tls_key);
    if (!read) return fail(read.error());
    server.certificate = std::move(*read);
  }
  if (!flags.tls) return {};
  auto made = emulator::make_certificate(server.host);
  if (!made) return fail(made.error());
  std::filesystem::path authority = authority_file(session.working_folder / flags.state);
  if (auto written = write_file_atomically(authority, made->authority); !written) {
    return fail(written.error());
  }
  server.certificate = std::move(made->server);
  return authority;
}

/// What the flags say about the way to the tenant; false where they are no sense, which is said.
bool read_weather(Console& console, const EmulatorFlags& flags, emulator::WeatherOptions& weather) {
  weather.requests_per_second = static_cast<std::uint64_t>(flags.throttle);
  if (flags.faults.empty()) return true;
  auto rules = emulator::parse_faults(flags.faults);
  if (rules && rules->size() > emulator::FaultList::kMostRules) {
    rules = fail(ErrorKind::invalid_input,
                 fmt::format("at most {} faults are in force", emulator::FaultList::kMostRules));
  }
  if (!rules) {
    console.error(within(rules.error(), "--faults"));
    return false;
  }
  weather.faults = std::move(*rules);
  return true;
}

void print_exports(Console& console, const std::string& root_url, const std::string& tenant_id,
                   const std::filesystem::path& authority) {
  console.note("In a second shell:");
  console.note(
      fmt::format("  export SYNCWRIGHT_ENDPOINT={} AZURE_AUTHORITY_HOST={}", root_url, root_url));
  if (!authority.empty()) {
    console.note(
        fmt::format("  export SSL_CERT_FILE='{0}' NODE_EXTRA_CA_CERTS='{0}'", authority.string()));
  }
  console.note(fmt::format(
      "  export AZURE_TENANT_ID={} AZURE_CLIENT_ID=any AZURE_CLIENT_SECRET=any", tenant_id));
  console.note("Ctrl-C ends it; the state file keeps everything.");
}

/// Each of the server's threads would keep what it freed for itself, though the tenant answers one
/// request at a time.
void share_memory() {
  ::mallopt(M_ARENA_MAX, 2);
}

ExitCode run_emulator(Session& session, const EmulatorFlags& flags) {
  emulator::ServerOptions server;
  if (!split_address(flags.listen, server)) {
    session.console.error(fmt::format("--listen `{}` is no address", flags.listen),
                          "write HOST:PORT, for example 127.0.0.1:8484; port 0 picks a free one");
    return ExitCode::usage;
  }
  if (flags.tls_cert.empty() != flags.tls_key.empty()) {
    session.console.error("--tls-cert and --tls-key stand together",
                          "name both files, or let --tls make a certificate for this run");
    return ExitCode::usage;
  }
  if (!read_weather(session.console, flags, server.weather)) return ExitCode::usage;
  std::shared_ptr<const emulator::Catalog> catalog = emulator::Catalog::built_in();
  if (!flags.catalog.empty()) {
    auto extended = emulator::Catalog::with_folder(session.working_folder / flags.catalog);
    if (!extended) {
      return report_failure(session, extended.error());
    }
    catalog = std::move(*extended);
  }
  emulator::TenantOptions options;
  options.latency = Milliseconds(flags.latency);
  options.replication_delay = Milliseconds(flags.replication_delay);
  options.refuse_writes = flags.refuse_writes;
  share_memory();
  VirtualClock clock(session.clock);  // clients may move it on
  server.clock = &clock;
  auto embedded = EmbeddedEmulator::open(session.console, session.working_folder / flags.state,
                                         std::move(catalog), clock, options);
  if (!embedded) {
    return report_failure(session, embedded.error());
  }
  const auto authority = choose_certificate(session, flags, server);
  if (!authority) return report_failure(session, authority.error());
  if (!flags.request_log.empty()) {
    server.request_log = session.working_folder / flags.request_log;
  }
  Console& console = session.console;
  const std::string tenant_id = (*embedded)->tenant().tenant_id();
  std::stop_source ended;
  const std::stop_callback on_stop(session.stop, [&ended] { ended.request_stop(); });
  server.on_listening = [&console, &tenant_id, &ended, &authority](const std::string& root_url) {
    console.out(fmt::format("listening on {}\n", root_url));
    if (console.out_failure() != 0) {  // nobody learns where it listens
      ended.request_stop();
      return;
    }
    print_exports(console, root_url, tenant_id, *authority);
  };
  auto served = emulator::serve((*embedded)->tenant(), server, ended.get_token());
  return served ? ExitCode::done : report_failure(session, served.error());
}

/// `--export` or `--import`, which serve nothing.
ExitCode convert_state(Session& session, const EmulatorFlags& flags) {
  const std::filesystem::path state = session.working_folder / flags.state;
  const auto converted =
      flags.export_to.empty()
          ? import_emulator_state(state, session.working_folder / flags.import_from)
          : export_emulator_state(session, state, session.working_folder / flags.export_to);
  return converted ? ExitCode::done : report_failure(session, converted.error());
}

}  // namespace

void declare_emulator(CommandLine& line) {
  const Command command = add_command(
      line, "emulator", "serves a Microsoft Graph to develop, test and demo against",
      "  syncwright emulator                                 http://127.0.0.1:8484\n"
      "  syncwright emulator --listen 127.0.0.1:0 --state tenant.db\n"
      "  syncwright emulator --state .syncwright/emulator-prod.db     what -e prod works on\n"
      "  syncwright emulator --export state.json             its state, to read and to edit\n"
      "  syncwright emulator --latency 50 --replication-delay 3000   as slow as the real one\n"
      "  syncwright emulator --tls                           https, with a certificate of this "
      "run\n"
      "  syncwright emulator --throttle 50 --faults 'POST */jobs nth=1 reset-after'\n");
  auto flags = std::make_shared<EmulatorFlags>();
  command.add_option("--listen", flags->listen, "address to listen on (default 127.0.0.1:8484)");
  command.add_option("--state", flags->state, "state file (default .syncwright/emulator.db)");
  const Flag exports =
      command.add_option("--export", flags->export_to, "writes the state to a JSON file, and ends");
  command
      .add_option("--import", flags->import_from,
                  "makes the state of such a file, and ends; there must be none yet")
      .excludes(exports);
  command.add_option("--catalog", flags->catalog, "a folder of further gallery applications");
  command.add_option("--latency", flags->latency, "milliseconds before each answer")
      .between(0, 600'000);
  command
      .add_option("--replication-delay", flags->replication_delay,
                  "milliseconds until creations are seen; lists take longer")
      .between(0, 3'600'000);
  command.add_flag("--refuse-writes", flags->refuse_writes, "answers 403 to every write");
  command.add_option("--request-log", flags->request_log, "JSON lines, one for each request");
  const Flag tls = command.add_flag(
      "--tls", flags->tls, "serves https with a certificate made for this run, and writes its CA");
  command.add_option("--tls-cert", flags->tls_cert, "serves https with this certificate (PEM)")
      .excludes(tls);
  command.add_option("--tls-key", flags->tls_key, "the certificate's private key (PEM)")
      .excludes(tls);
  command.add_option("--throttle", flags->throttle, "requests a second; 429 for those over it")
      .between(1, 1'000'000);
  command.add_option("--faults", flags->faults,
                     "what goes wrong: METHOD PATH WORDS, several with `;` between them");
  command.callback([&run = line.run, flags] {
    run = [flags](Session& session) {
      const bool converts = !flags->export_to.empty() || !flags->import_from.empty();
      return converts ? convert_state(session, *flags) : run_emulator(session, *flags);
    };
  });
}

}  // namespace syncwright::cli
