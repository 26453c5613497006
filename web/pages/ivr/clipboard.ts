/** Blocks on the clipboard, as text: they are pasted into this flow or another one. */
import { useEffect, useRef } from "react";
import { z } from "zod";
import { type IvrBlock, ivrBlock } from "../../../shared/ivr/blocks.ts";

const clip = z.object({ waihu: z.literal("ivr-blocks"), blocks: z.array(ivrBlock).min(1).max(200) });

export const clipText = (blocks: readonly IvrBlock[]): string =>
  JSON.stringify({ waihu: "ivr-blocks", blocks });

/** Undefined for a text of anything else. */
export function clippedBlocks(text: string): IvrBlock[] | undefined {
  if (!text.startsWith("{")) return undefined;
  try {
    return clip.safeParse(JSON.parse(text)).data?.blocks;
  } catch {
    return undefined;
  }
}

const isText = ({ target }: Event) =>
  target instanceof HTMLElement && target.matches("input, textarea, [contenteditable]");

/** The keys and menus by which people copy, cut and paste, while the drawing is before them; in fields they mean text. */
export function useBlockClipboard(acts: {
  chosen: () => readonly IvrBlock[];
  onCut: () => void;
  onPaste: (blocks: readonly IvrBlock[]) => void;
}): void {
  const latest = useRef(acts);
  useEffect(() => {
    latest.current = acts;
  });
  useEffect(() => {
    const take = (event: ClipboardEvent) => {
      const blocks = latest.current.chosen();
      if (isText(event) || blocks.length === 0 || getSelection()?.isCollapsed === false) return;
      event.preventDefault();
      event.clipboardData?.setData("text/plain", clipText(blocks));
      if (event.type === "cut") latest.current.onCut();
    };
    const paste = (event: ClipboardEvent) => {
      const blocks = isText(event) ? undefined : clippedBlocks(event.clipboardData?.getData("text") ?? "");
      if (!blocks) return;
      event.preventDefault();
      latest.current.onPaste(blocks);
    };
    document.addEventListener("copy", take);
    document.addEventListener("cut", take);
    document.addEventListener("paste", paste);
    return () => {
      document.removeEventListener("copy", take);
      document.removeEventListener("cut", take);
      document.removeEventListener("paste", paste);
    };
  }, []);
}
