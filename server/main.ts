import { availableParallelism } from "node:os";
import { type App, startApp } from "./app.ts";
import { type Config, readConfig } from "./config.ts";
import { demoLogins, demoPassword } from "./features/demo/index.ts";
import { StartupError } from "./kernel/errors.ts";

/** The longest a shutdown may take before the process ends anyway. */
const shutdownLimitMs = 60_000;

const say = (text: string) => process.stdout.write(`${text}\n`);

function introduce(app: App, config: Config): void {
  const { demo } = config;
  say(`\nWaihu is ready: ${app.url}\n`);
  if (demo)
    say(
      `Demonstration logins, password ${demoPassword}: ${demoLogins.map(({ login }) => login).join(", ")}\n`,
    );
  if (demo && !["127.0.0.1", "::1", "localhost"].includes(config.http.host))
    say(
      "Others can reach this address: give these people new passwords, or start anew with WAIHU_DEMO=off.\n",
    );
  if (app.seeded.kind === "administrator")
    say(`First administrator: ${app.seeded.login}, password ${app.seeded.password} (shown this once)\n`);
  say(`Listening:\n${app.listening.map((line) => `  ${line}`).join("\n")}\n\nCtrl-C stops it.`);
}

async function main(): Promise<void> {
  const stop = Promise.withResolvers<undefined>();
  const end = () => {
    setTimeout(() => process.exit(1), shutdownLimitMs).unref();
    stop.resolve(undefined);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, end);
  const config = readConfig(process.env, availableParallelism());
  await using app = await startApp(config);
  introduce(app, config);
  const over = await Promise.race([stop.promise, app.over]);
  // Before it stops, which may fail for the same reason.
  if (over) process.stderr.write(`${over.message}\n`);
  say("Stopping …");
  if (over) process.exitCode = 1;
}

function told(error: unknown): string {
  if (error instanceof StartupError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

try {
  await main();
  process.exit();
} catch (error) {
  process.stderr.write(`${told(error)}\n`);
  process.exit(1);
}
