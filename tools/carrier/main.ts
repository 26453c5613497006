import { once } from "node:events";
import { parseArgs } from "node:util";
import { createLog } from "../../server/kernel/log.ts";
import { startCarrier } from "./carrier.ts";
import { serveControl } from "./http.ts";
import type { Population } from "./population.ts";

const { values } = parseArgs({
  options: {
    host: { type: "string", default: "127.0.0.1" },
    port: { type: "string", default: "5070" },
    http: { type: "string", default: "5071" },
    account: { type: "string", multiple: true, default: [] },
    population: { type: "string", default: "{}" },
    "no-suffixes": { type: "boolean", default: false },
  },
});

const accounts = values.account.map((account) => {
  const [user = "", password = ""] = account.split(":");
  return { user, password };
});

const carrier = await startCarrier({
  host: values.host,
  port: Number(values.port),
  population: JSON.parse(values.population) as Partial<Population>,
  suffixes: !values["no-suffixes"],
  accounts,
  log: createLog("warn"),
});
const control = await serveControl(carrier, Number(values.http));
console.log(
  `Simulated carrier: SIP udp ${carrier.host}:${carrier.port}, control http://127.0.0.1:${control.port}/`,
);
process.send?.({ sip: carrier.port, control: control.port });
await Promise.race([once(process, "SIGINT"), once(process, "SIGTERM"), once(process, "disconnect")]);
await control[Symbol.asyncDispose]();
await carrier[Symbol.asyncDispose]();
