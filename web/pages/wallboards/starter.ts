import { widget, type Widget } from "../../../shared/wallboards.ts";

const sized = (id: number, width: number, height: number, given: object): Widget =>
  widget.parse({ id: `w${id}`, width, height, ...given });
const above = (warn: number, bad: number) => ({ direction: "above", warn, bad });
const below = (warn: number, bad: number) => ({ direction: "below", warn, bad });

/** What a new board begins with: what most rooms want to see. */
export const starterWidgets = (): Widget[] => [
  sized(1, 3, 2, { type: "number", figure: "talking" }),
  sized(2, 3, 2, { type: "number", figure: "ready" }),
  sized(3, 3, 2, { type: "number", figure: "waiting", limits: above(1, 3) }),
  sized(4, 3, 2, { type: "clock" }),
  sized(5, 3, 2, { type: "gauge", figure: "serviceLevel", limits: below(0.9, 0.8) }),
  sized(6, 3, 2, { type: "gauge", figure: "abandonRate", limits: above(0.02, 0.03) }),
  sized(7, 3, 2, { type: "gauge", figure: "occupancy" }),
  sized(8, 3, 4, { type: "leaders", figure: "connected", count: 8 }),
  sized(9, 4, 2, { type: "states" }),
  sized(10, 5, 2, { type: "hours" }),
  sized(11, 12, 2, { type: "campaigns" }),
];

const sizes = {
  clock: [3, 2],
  text: [4, 1],
  campaigns: [12, 2],
  queues: [12, 3],
  hours: [5, 2],
  states: [4, 2],
} as const;

/** A new widget of a type, with an id that none of the board has. */
export function newWidget(type: Widget["type"], board: readonly Widget[]): Widget {
  const highest = Math.max(0, ...board.map(({ id }) => Number(/\d+/.exec(id)?.[0] ?? 0)));
  const [width, height] = type in sizes ? sizes[type as keyof typeof sizes] : [3, 2];
  const figure = { number: "ready", gauge: "serviceLevel", leaders: "connected" }[type as "number"];
  return sized(highest + 1, width, height, { type, ...(figure !== undefined && { figure }) });
}
