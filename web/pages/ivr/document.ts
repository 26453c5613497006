/** Changes of a flow's drawing, pure: every act of the editor is one of these. */
import { weekdays } from "../../../shared/campaigns.ts";
import { type BlockKind, exitsOf, type IvrBlock, ivrBlock } from "../../../shared/ivr/blocks.ts";
import { blockOf, type IvrDocument, ivrDocument } from "../../../shared/ivr/flow.ts";
import { freeKey } from "../scripts/document.ts";

export interface Place {
  x: number;
  y: number;
}
/** An exit of a block. */
export interface ExitOf {
  blockId: string;
  exit: string;
}

export const grid = 10;
export const onGrid = (value: number) => Math.round(value / grid) * grid;
const beside = 300;
const below = 60;

/** What a block of a kind begins with beside the defaults, so that little is left to fill in. */
const beginnings: Partial<Record<BlockKind, object>> = {
  menu: { keys: [{ key: "1" }, { key: "2" }] },
  collect: { variable: "digits" },
  hours: {
    hours: Object.fromEntries(
      weekdays.map((day) => [day, day === "saturday" || day === "sunday" ? [] : [["09:00", "18:00"]]]),
    ),
  },
  "speech-choice": {
    choices: [
      { key: "choice1", digit: "1" },
      { key: "choice2", digit: "2" },
    ],
  },
  condition: {
    cases: [{ key: "yes", when: { match: "all", tests: [{ key: "caller.known", op: "is", value: "yes" }] } }],
  },
  set: { values: [{ variable: "language", value: "zh" }] },
  verify: { variable: "number", by: { kind: "http" } },
};

/** `menu1`, `sub_flow1`: names that survive in figures and stories, and can be read there. */
const idFor = (document: IvrDocument, kind: BlockKind) =>
  freeKey(
    kind.replaceAll("-", "_"),
    document.blocks.map(({ id }) => id),
  );

export const newBlock = (document: IvrDocument, kind: BlockKind, { x, y }: Place): IvrBlock =>
  ivrBlock.parse({ ...beginnings[kind], kind, id: idFor(document, kind), x: onGrid(x), y: onGrid(y) });

/** A flow of nothing but a greeting that hangs up. */
export function newDocument(): IvrDocument {
  return ivrDocument.parse({
    start: "greeting1",
    blocks: [
      { kind: "greeting", id: "greeting1", exits: { next: "hang_up1" }, x: 0, y: 0 },
      { kind: "hang-up", id: "hang_up1", x: beside, y: 0 },
    ],
  });
}

export const putBlock = (document: IvrDocument, block: IvrBlock): IvrDocument => ({
  ...document,
  blocks: document.blocks.map((old) => (old.id === block.id ? block : old)),
});

/** Where a block beside this one covers no other. */
export function freePlace(document: IvrDocument, from: IvrBlock | undefined): Place {
  const last = from ?? document.blocks.at(-1);
  let place = last ? { x: last.x + beside, y: last.y } : { x: 0, y: 0 };
  const isTaken = () =>
    document.blocks.some(
      ({ x, y }) => Math.abs(x - place.x) < beside - 60 && Math.abs(y - place.y) < below * 2,
    );
  while (isTaken()) place = { x: place.x, y: place.y + below };
  return place;
}

export function connect(document: IvrDocument, { blockId, exit }: ExitOf, to: string | null): IvrDocument {
  const block = blockOf(document, blockId);
  return block ? putBlock(document, { ...block, exits: { ...block.exits, [exit]: to } }) : document;
}

/** The first exit that leads nowhere. */
export const openExit = (block: IvrBlock | undefined): string | undefined =>
  block && exitsOf(block).find((exit) => !block.exits[exit]);

/**
 * A new block: at `at`, or beside the block it follows. `after`: an exit that leads to it from here on; a block
 * without an exit named leads to it by its first open one.
 */
export function addBlock(
  document: IvrDocument,
  kind: BlockKind,
  where: { at?: Place | undefined; after?: ExitOf | undefined; follows?: string | undefined },
): { document: IvrDocument; id: string } {
  const from = blockOf(document, where.after?.blockId ?? where.follows ?? "");
  const made = newBlock(document, kind, where.at ?? freePlace(document, from));
  const exit = where.after?.exit ?? openExit(from);
  const added = { ...document, blocks: [...document.blocks, made] };
  return {
    document: from && exit ? connect(added, { blockId: from.id, exit }, made.id) : added,
    id: made.id,
  };
}

/** Blocks of this or another flow once more, `away` from where they stood; ways among them lead among the copies. */
export function pasteBlocks(
  document: IvrDocument,
  blocks: readonly IvrBlock[],
  away: Place = { x: 40, y: 80 },
): { document: IvrDocument; ids: string[] } {
  let grown = document;
  const names = new Map<string, string>();
  for (const block of blocks) {
    const id = idFor(grown, block.kind);
    names.set(block.id, id);
    const place = { x: onGrid(block.x + away.x), y: onGrid(block.y + away.y) };
    grown = { ...grown, blocks: [...grown.blocks, { ...structuredClone(block), id, ...place }] };
  }
  const copies = new Set(names.values());
  const connected = grown.blocks.map((block) => {
    if (!copies.has(block.id)) return block;
    const ways = Object.entries(block.exits).map(([exit, to]) => [exit, (to && names.get(to)) || null]);
    return { ...block, exits: Object.fromEntries(ways) };
  });
  return { document: { ...grown, blocks: connected }, ids: [...copies] };
}

export const blocksOf = (document: IvrDocument, ids: readonly string[]): IvrBlock[] =>
  document.blocks.filter(({ id }) => ids.includes(id));

/** A new block in the middle of a way: the way leads to it, and its first exit to where the way led. */
export function insertBlock(
  document: IvrDocument,
  kind: BlockKind,
  way: ExitOf,
): { document: IvrDocument; id: string } {
  const from = blockOf(document, way.blockId);
  const to = blockOf(document, from?.exits[way.exit] ?? "");
  const at = from && to ? { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 + below * 2 } : undefined;
  const made = addBlock(document, kind, { after: way, at });
  const exit = openExit(blockOf(made.document, made.id));
  if (!to || !exit) return made;
  return { id: made.id, document: connect(made.document, { blockId: made.id, exit }, to.id) };
}

/** Without these blocks, and without ways to them. The last block stays. */
export function removeBlocks(document: IvrDocument, ids: readonly string[]): IvrDocument {
  const gone = new Set(ids);
  const kept = document.blocks.filter(({ id }) => !gone.has(id));
  if (kept.length === 0 || kept.length === document.blocks.length) return document;
  const blocks = kept.map((block) => ({
    ...block,
    exits: Object.fromEntries(
      Object.entries(block.exits).map(([exit, to]) => [exit, to !== null && gone.has(to) ? null : to]),
    ),
  }));
  return { ...document, blocks, start: gone.has(document.start) ? (blocks.at(0)?.id ?? "") : document.start };
}

export function moveBlocks(document: IvrDocument, places: ReadonlyMap<string, Place>): IvrDocument {
  const moved = document.blocks.map((block) => {
    const to = places.get(block.id);
    return to && (to.x !== block.x || to.y !== block.y) ? { ...block, ...to } : block;
  });
  return moved.every((block, index) => block === document.blocks[index])
    ? document
    : { ...document, blocks: moved };
}

/** Without exits that a block no longer has; what was once connected does not come back by surprise. */
export const tidyExits = (block: IvrBlock): IvrBlock => {
  const exits = exitsOf(block);
  return {
    ...block,
    exits: Object.fromEntries(Object.entries(block.exits).filter(([exit]) => exits.includes(exit))),
  };
};
