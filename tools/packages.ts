import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

const programOf: Record<string, string> = {
  "sip-tester": "sipp",
  baresip: "baresip",
  "linphone-cli": "linphonec",
  chromium: "chromium",
  coturn: "turnserver",
};

/** Debian keeps servers such as Kamailio where only the administrator's path leads. */
const alsoLooked = ["/usr/sbin", "/usr/local/sbin"];

function onPath(program: string): boolean {
  return [...(process.env["PATH"] ?? "").split(delimiter), ...alsoLooked].some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

export function missingPackages(packages: readonly string[]): string[] {
  return packages.filter((name) => !onPath(programOf[name] ?? name));
}

/**
 * Installs Debian packages that a ring needs. Returns a sentence for the person when that is impossible.
 */
export function installPackages(packages: readonly string[]): string | undefined {
  const missing = missingPackages(packages);
  if (missing.length === 0) return undefined;
  const command = `apt-get install -y --no-install-recommends ${missing.join(" ")}`;
  if (process.getuid?.() !== 0 || !onPath("apt-get"))
    return `These tests need ${missing.join(", ")}: on Debian run \`sudo ${command}\`.`;
  console.log(`Installing ${missing.join(", ")} …`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  spawnSync("apt-get", ["update", "-qq"], { stdio: "ignore", env });
  const installed = spawnSync("sh", ["-c", `${command} -qq`], {
    stdio: ["ignore", "ignore", "inherit"],
    env,
  });
  if (installed.status !== 0 || missingPackages(missing).length > 0)
    return `${missing.join(", ")} could not be installed: run \`${command}\` by hand and read what it says.`;
  return undefined;
}
