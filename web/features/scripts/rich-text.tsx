import { Fragment, type ReactNode } from "react";
import { type TextBlock, textBlocks, type TextRun, type Variables } from "../../../shared/script-text.ts";

function Run({ run: { mark, text, stress } }: { run: TextRun }): ReactNode {
  const words = mark === "plain" ? text : <span className={`script-${mark}`}>{text}</span>;
  if (stress === "strong") return <strong>{words}</strong>;
  return stress === "gentle" ? <em>{words}</em> : words;
}

const tags = { paragraph: "p", heading: "h4", item: "li", hint: "aside" } as const;

/** Items that follow each other are one list. */
function grouped(blocks: readonly TextBlock[]): TextBlock[][] {
  const groups: TextBlock[][] = [];
  for (const block of blocks) {
    const last = groups.at(-1);
    if (block.kind === "item" && last?.[0]?.kind === "item") last.push(block);
    else groups.push([block]);
  }
  return groups;
}

function Block({ block }: { block: TextBlock }) {
  const Tag = tags[block.kind];
  return (
    <Tag>
      {block.runs.map((run, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- a run is its place
        <Fragment key={index}>
          <Run run={run} />
        </Fragment>
      ))}
    </Tag>
  );
}

/** The words of a page as `shared/script-text.ts` reads them; variables are filled, or show their names. */
export function RichText({ text, variables }: { text: string; variables: Variables }) {
  return (
    <div className="script-text">
      {grouped(textBlocks(text, variables)).map((blocks, index) => {
        // oxlint-disable-next-line react/no-array-index-key -- a block is its place
        const shown = blocks.map((block, place) => <Block key={place} block={block} />);
        // oxlint-disable-next-line react/no-array-index-key -- as above
        return blocks[0]?.kind === "item" ? (
          <ul key={index}>{shown}</ul>
        ) : (
          <Fragment key={index}>{shown}</Fragment>
        );
      })}
    </div>
  );
}
