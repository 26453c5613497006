import { WaihuError } from "./failure.ts";

/** Whether a frame of this page would have the agent's session: its cookie is SameSite. */
export interface Permission {
  frame: boolean;
}

/**
 * Asks the server whether this page may have the desk. Errors: `not-allowed`: this origin is not listed; `unreachable`.
 * The answer cannot be read by a page that is not listed, so a second request, whose answer nobody reads, tells the two
 * apart.
 */
export async function mayEmbed(server: string): Promise<Permission> {
  const url = `${server}/api/v1/embedding?origin=${encodeURIComponent(location.origin)}`;
  const there = async () => {
    await fetch(url, { mode: "no-cors", credentials: "omit" });
  };
  try {
    const answer = await fetch(url, { credentials: "omit" });
    const { allowed, sameSite } = (await answer.json()) as { allowed: boolean; sameSite: boolean | null };
    if (allowed) return { frame: sameSite ?? location.hostname === new URL(server).hostname };
  } catch {
    await there().catch(() => {
      throw new WaihuError("unreachable", `${server} cannot be reached.`);
    });
  }
  throw new WaihuError(
    "not-allowed",
    `${location.origin} may not have the desk of ${server}: an administrator adds it on the settings page.`,
  );
}
