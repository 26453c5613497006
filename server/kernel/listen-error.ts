import { StartupError } from "./errors.ts";

/**
 * Why a socket cannot be opened, as one sentence that names the settings to change; anything else as it is.
 * `what` is who wanted it, such as `SIP`.
 */
export function listenError(
  error: unknown,
  {
    what,
    host,
    port,
    hostSetting,
    portSetting,
  }: Record<"what" | "host" | "hostSetting" | "portSetting", string> & { port: number },
): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === "EADDRINUSE")
    return new StartupError(
      `Port ${port} for ${what} is taken by another program: stop it, or set ${portSetting} to a free port.`,
    );
  if (code === "EACCES")
    return new StartupError(
      `Port ${port} for ${what} is not allowed for this user: set ${portSetting} to one above 1023.`,
    );
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND")
    return new StartupError(`${host} is not an address of this machine: correct ${hostSetting}.`);
  return error;
}
