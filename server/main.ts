import { availableParallelism } from "node:os";
import { type App, startApp } from "./app.ts";
import { readConfig } from "./config.ts";
import { demoLogins, demoPassword } from "./features/demo/index.ts";
import { StartupError } from "./kernel/errors.ts";

/** The longest a shutdown may take before the process ends anyway. */
const shutdownLimitMs = 60_000;

const say = (text: string) => process.stdout.write(`${text}\n`);

function introduce(app: App, demo: boolean): void {
  say(`\nWaihu is ready: ${app.url}\n`);
  if (demo)
    say(
      `Demonstration logins, password ${demoPassword}: ${demoLogins.map(({ login }) => login).join(", ")}\n`,
    );
  if (app.seeded.kind === "administrator")
    say(`First administrator: ${app.seeded.login}, password ${app.seeded.password} (shown this once)\n`);
  say(`Listening:\n${app.listening.map((line) => `  ${line}`).join("\n")}\n\nCtrl-C stops it.`);
}

async function main(): Promise<void> {
  const stop = Promise.withResolvers<void>();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => stop.resolve());
  const config = readConfig(process.env, availableParallelism());
  await using app = await startApp(config);
  introduce(app, config.demo);
  await stop.promise;
  say("Stopping …");
  setTimeout(() => process.exit(1), shutdownLimitMs).unref();
}

try {
  await main();
  process.exitCode = 0;
} catch (error) {
  const text =
    error instanceof StartupError ? error.message : error instanceof Error ? error.stack : String(error);
  process.stderr.write(`${text}\n`);
  process.exitCode = 1;
}
