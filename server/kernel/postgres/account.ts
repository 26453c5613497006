import { chownSync, readFileSync, statSync } from "node:fs";

/** The unprivileged account that runs PostgreSQL, because its binaries refuse root. */
export interface Account {
  uid: number;
  gid: number;
}

const nobody: Account = { uid: 65534, gid: 65534 };

function accountFromPasswd(name: string): Account | undefined {
  const line = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .find((entry) => entry.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(":") ?? [];
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined;
}

/**
 * `undefined` when we are not root: PostgreSQL then runs as we do. As root: the owner of an existing cluster
 * folder, else the system's `postgres` account, else `nobody`.
 */
export function postgresAccount(clusterDir: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const owner = statSync(clusterDir, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  return accountFromPasswd("postgres") ?? nobody;
}

export function give(path: string, account: Account | undefined): void {
  if (account) chownSync(path, account.uid, account.gid);
}
