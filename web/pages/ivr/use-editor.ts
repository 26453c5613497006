import { useReactFlow } from "@xyflow/react";
import { App } from "antd";
import { type RefObject, useCallback, useEffect, useState } from "react";
import type { BlockKind, IvrBlock } from "../../../shared/ivr/blocks.ts";
import { blockOf, type IvrFlowDetail } from "../../../shared/ivr/flow.ts";
import { useKeys } from "../../features/desk/use-keys.ts";
import { errorText } from "../../lib/error-text.ts";
import { placesFor } from "./auto-layout.ts";
import { useBlockClipboard } from "./clipboard.ts";
import {
  addBlock,
  blocksOf,
  type ExitOf,
  insertBlock,
  moveBlocks,
  pasteBlocks,
  type Place,
  removeBlocks,
} from "./document.ts";
import { useDraft } from "./use-draft.ts";

/** A block that is looked for. */
export interface Wish {
  after?: ExitOf | undefined;
  at?: Place | undefined;
  /** Where the exit leads follows the new block. */
  between?: boolean;
}

/** Words are hard to read below it. */
const smallestZoom = 0.5;
/** React Flow measures what is new first. */
const drawnMs = 60;

/** The draft, what of it is chosen, and every act of the person who draws. `board`: what the drawing is seen in. */
export function useEditor(flow: IvrFlowDetail, may: boolean, board: RefObject<HTMLElement | null>) {
  const { message } = App.useApp();
  const canvas = useReactFlow();
  const draft = useDraft(flow, may);
  const { document, change } = draft;
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [wish, setWish] = useState<Wish | null>(null);
  const block = chosen.length === 1 ? blockOf(document, chosen[0] ?? "") : undefined;

  /** Brings a block into sight, and moves nothing when it is. */
  const lookAt = useCallback(
    (id: string) => {
      const { left = 0, right = 0, top = 0, bottom = 0 } = board.current?.getBoundingClientRect() ?? {};
      const seen = board.current?.querySelector(`[data-id="${id}"]`)?.getBoundingClientRect();
      if (seen && seen.left >= left && seen.right <= right && seen.top >= top && seen.bottom <= bottom)
        return;
      void canvas.fitView({ nodes: [{ id }], maxZoom: 1, minZoom: 0.6, padding: 0.6, duration: 200 });
    },
    [canvas, board],
  );
  // A flow that does not fit in words that can be read begins at its first block.
  useEffect(() => {
    const timer = setTimeout(() => {
      const { width } = canvas.getNodesBounds(canvas.getNodes());
      const room = board.current?.clientWidth ?? 0;
      const first = blockOf(document, document.start);
      if (room >= width * smallestZoom) void canvas.fitView({ maxZoom: 1, padding: 0.1 });
      else if (first) void canvas.setViewport({ x: 24 - first.x * 0.8, y: 160 - first.y * 0.8, zoom: 0.8 });
    }, drawnMs);
    return () => clearTimeout(timer);
    // oxlint-disable-next-line react/exhaustive-deps -- once, when it is there
  }, []);

  const add = (kind: BlockKind, { after, at, between }: Wish = {}) => {
    const made =
      after && between
        ? insertBlock(document, kind, after)
        : addBlock(document, kind, { after, at, follows: block?.id });
    change(() => made.document);
    setChosen([made.id]);
    setWish(null);
    setTimeout(() => lookAt(made.id), drawnMs);
  };
  const remove = () => {
    change((before) => removeBlocks(before, chosen));
    setChosen([]);
  };
  const paste = (blocks: readonly IvrBlock[], away?: Place) => {
    const made = pasteBlocks(document, blocks, away);
    change(() => made.document);
    setChosen(made.ids);
  };
  const copy = () => paste(blocksOf(document, chosen));
  /** What comes from the clipboard stands in the middle of what is seen. */
  const pasteHere = (blocks: readonly IvrBlock[]) => {
    const { left = 0, top = 0, width = 0, height = 0 } = board.current?.getBoundingClientRect() ?? {};
    const middle = canvas.screenToFlowPosition({ x: left + width / 2, y: top + height / 2 });
    const x = Math.min(...blocks.map((one) => one.x));
    const y = Math.min(...blocks.map((one) => one.y));
    paste(blocks, { x: middle.x - x - 115, y: middle.y - y - 60 });
  };
  const tidy = () => {
    change((before) => moveBlocks(before, placesFor(before)));
    setTimeout(() => void canvas.fitView({ maxZoom: 1, padding: 0.1, duration: 200 }), drawnMs);
  };
  useBlockClipboard({
    chosen: () => blocksOf(document, chosen),
    onCut: () => may && remove(),
    onPaste: (blocks) => may && pasteHere(blocks),
  });
  useKeys({
    "KeyS+Ctrl": () =>
      void draft.save().then((kept) => (kept ? undefined : message.error(errorText(draft.error)))),
    "KeyZ+Ctrl": may ? draft.undo : () => undefined,
    "KeyY+Ctrl": may ? draft.redo : () => undefined,
    "KeyZ+Shift+Ctrl": may ? draft.redo : () => undefined,
    KeyA: () => may && setWish({}),
    KeyD: () => may && chosen.length > 0 && copy(),
  });
  return { draft, chosen, setChosen, block, wish, setWish, lookAt, add, remove, copy, tidy };
}
