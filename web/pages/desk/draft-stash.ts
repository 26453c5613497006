import { type DeskDraft, deskDraft } from "../../../shared/desk.ts";

const keyOf = (callId: string) => `waihu.draft.${callId}`;

/** Words not yet at the server wait on this device, one entry per call. */
export function stash(callId: string, draft: DeskDraft): void {
  try {
    localStorage.setItem(keyOf(callId), JSON.stringify(draft));
  } catch {
    // A full or forbidden storage leaves only the server's copy.
  }
}

export function readStash(callId: string): DeskDraft | null {
  try {
    const parsed = deskDraft.safeParse(JSON.parse(localStorage.getItem(keyOf(callId)) ?? "null"));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

export function unstash(callId: string): void {
  try {
    localStorage.removeItem(keyOf(callId));
  } catch {
    // Nothing was kept.
  }
}
