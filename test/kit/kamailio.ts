import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freeUdpPort, udpPortTaken } from "./udp-port.ts";

/** Kamailio as a proxy between us and the world, on loopback. */
export interface Kamailio extends AsyncDisposable {
  /** Where phones register and call; it puts itself into Path and Record-Route. */
  readonly edgePort: number;
  /** Where our trunk's calls go; it hands them to carriers in order and puts itself into Record-Route. */
  readonly trunkPort: number;
}

export interface KamailioOptions {
  /** UDP port of our SIP on loopback. */
  ourPort: number;
  /** UDP ports of carriers, first tried first. */
  carrierPorts: readonly number[];
}

const script = (edge: number, trunk: number, { ourPort }: KamailioOptions, list: string) => `
children=1
disable_tcp=yes
log_stderror=yes
debug=0
dns=no
rev_dns=no
listen=udp:127.0.0.1:${edge}
listen=udp:127.0.0.1:${trunk}
loadmodule "kex.so"
loadmodule "tm.so"
loadmodule "sl.so"
loadmodule "rr.so"
loadmodule "pv.so"
loadmodule "maxfwd.so"
loadmodule "siputils.so"
loadmodule "textops.so"
loadmodule "path.so"
loadmodule "dispatcher.so"
# A next hop that says nothing for half a second is down.
modparam("tm", "fr_timer", 500)
modparam("tm", "fr_inv_timer", 20000)
modparam("rr", "append_fromtag", 1)
modparam("path", "use_received", 1)
modparam("dispatcher", "list_file", "${list}")
modparam("dispatcher", "flags", 2)

request_route {
  if (!mf_process_maxfwd_header("10")) { sl_send_reply("483", "Too Many Hops"); exit; }
  if (is_method("OPTIONS") && !has_totag()) { sl_send_reply("200", "OK"); exit; }
  $fs = "udp:127.0.0.1:" + $Rp;
  if (has_totag()) {
    if (loose_route()) { t_relay(); exit; }
    if (is_method("ACK") && t_check_trans()) { t_relay(); }
    exit;
  }
  if (is_method("CANCEL")) { if (t_check_trans()) { t_relay(); } exit; }
  if (is_method("REGISTER")) {
    add_path();
    $du = "sip:127.0.0.1:${ourPort}";
    t_relay();
    exit;
  }
  # Along the Path of a phone's registration: our own Route goes, the Request-URI is the phone.
  loose_route();
  record_route();
  if ($Rp == ${edge} && $sp == ${ourPort}) { t_relay(); exit; }
  if ($Rp == ${trunk}) {
    if (!ds_select_dst("1", "8")) { sl_send_reply("503", "No Carrier"); exit; }
    t_on_failure("CARRIERS");
    t_relay();
    exit;
  }
  $du = "sip:127.0.0.1:${ourPort}";
  t_relay();
}

failure_route[CARRIERS] {
  if (t_is_canceled()) { exit; }
  if (t_check_status("503") || (t_branch_timeout() && !t_branch_replied())) {
    if (ds_next_dst()) { t_on_failure("CARRIERS"); t_relay(); exit; }
    t_reply("503", "No Carrier");
  }
}
`;

/** Starts it and resolves once both ports are open; disposing ends it. */
export async function startKamailio(options: KamailioOptions): Promise<Kamailio> {
  const folder = await mkdtemp(join(tmpdir(), "kamailio-"));
  const [edgePort, trunkPort] = [await freeUdpPort(), await freeUdpPort()];
  const [config, list] = [join(folder, "kamailio.cfg"), join(folder, "dispatcher.list")];
  const carriers = options.carrierPorts.map((port, i) => `1 sip:127.0.0.1:${port} 0 ${100 - i}\n`);
  await writeFile(list, carriers.join(""));
  await writeFile(config, script(edgePort, trunkPort, options, list));
  const child = spawn(
    "kamailio",
    ["-DD", "-E", "-f", config, "-Y", folder, "-w", folder, "-m", "32", "-M", "4"],
    {
      stdio: ["ignore", "ignore", "pipe"],
      // Debian keeps it where only the administrator's path leads.
      env: { ...process.env, PATH: `${process.env["PATH"] ?? ""}:/usr/sbin:/usr/local/sbin` },
    },
  );
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (said = (said + text).slice(-4_000)));
  const exited = once(child, "exit");
  const early = exited.then(([code]): never => {
    throw new Error(`Kamailio ended with ${String(code)}: ${said}`);
  });
  early.catch(() => undefined);
  await Promise.race([Promise.all([edgePort, trunkPort].map((port) => udpPortTaken(port))), early]);
  return {
    edgePort,
    trunkPort,
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
      await exited;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
