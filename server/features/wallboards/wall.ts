/**
 * The feed of screens on walls and of the editor's preview: a hub of its own, whose viewers may read the keys of
 * their boards and nothing else. No phone number is in it.
 */
import type { IncomingMessage } from "node:http";
import type { WebSocket } from "ws";
import {
  parseWallKey,
  previewOpen,
  keysOf,
  queuesKey,
  wallOpen,
  type WallScreen,
} from "../../../shared/wallboards.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Database } from "../../kernel/db.ts";
import type { EventBus } from "../../kernel/events.ts";
import type { Principal } from "../../kernel/http/access.ts";
import type { Upgrades } from "../../kernel/http/upgrades.ts";
import type { Log } from "../../kernel/log.ts";
import type { AgentRegistry } from "../agents/index.ts";
import type { Calls } from "../calls/index.ts";
import type { Queues } from "../queues/index.ts";
import { createHub, type Hub, type Viewer } from "../live/index.ts";
import { visibleUnitIds, visibleUserIds } from "../users/index.ts";
import { createDayFigures, type DayFigures, scopeOfUnit } from "./day-figures.ts";
import { countLive } from "./live-counts.ts";
import { openScreen } from "./queries.ts";
import { hashOf } from "./token.ts";

interface WallDeps {
  database: Database;
  agents: AgentRegistry;
  calls: Calls;
  queues: Queues;
  upgrades: Upgrades;
  clock: Clock;
  events: EventBus;
  log: Log;
}

interface WallViewer extends Viewer {
  keys: ReadonlySet<string>;
  /** Absent for the editor's preview. */
  screen?: WallScreen & { id: number };
}

const mayLook = new Set(["live.see"] as const);
/** Who says nothing for so long is no screen. */
const openWithinMs = 10_000;
/** A key's people are looked up anew so often, since they move between units. */
const peopleMs = 30_000;

type People = "all" | ReadonlySet<number>;

function createPeople({ database: { db }, clock }: WallDeps) {
  const known = new Map<number, { at: number; ids: Promise<People> }>();
  return (unitId: number | null): Promise<People> => {
    if (unitId === null) return Promise.resolve("all");
    const found = known.get(unitId);
    if (found && clock.now() - found.at < peopleMs) return found.ids;
    const ids = visibleUserIds(db, scopeOfUnit(unitId)).then((all) => (all === "all" ? all : new Set(all)));
    ids.catch(() => known.delete(unitId));
    known.set(unitId, { at: clock.now(), ids });
    return ids;
  };
}

function addTopics(hub: Hub<WallViewer>, deps: WallDeps, days: DayFigures): void {
  const { agents, calls, queues } = deps;
  const peopleOf = createPeople(deps);
  const live = async (key: string) => {
    const asked = parseWallKey(key);
    if (!asked) return undefined;
    const people = await peopleOf(asked.unitId);
    const sees = (userId: number) => people === "all" || people.has(userId);
    return countLive(agents.all(), calls.active(), { sees, campaignId: asked.campaignId });
  };
  const keyed = (name: string, read: (key: string) => Promise<unknown>) =>
    hub.add({
      name,
      allow: "live.see",
      async snapshot({ keys }) {
        return Object.fromEntries(await Promise.all([...keys].map(async (key) => [key, await read(key)])));
      },
      read: (key, { keys }) => (keys.has(key) ? read(key) : undefined),
    });
  hub.add({
    name: "wall-queues",
    allow: "live.see",
    snapshot: ({ keys }) =>
      keys.has(queuesKey) ? Object.fromEntries(queues.ids().map((id) => [id, queues.live(id)])) : {},
    read: (key, { keys }) => (keys.has(queuesKey) ? queues.live(Number(key)) : undefined),
  });
  keyed("wall-live", live);
  keyed("wall-day", (key) => days.read(key));
  hub.add({
    name: "screen",
    allow: "live.see",
    snapshot: ({ screen }) => (screen ? { me: screen } : {}),
    read: (_key, { screen }) => screen,
  });
}

/** Hands the socket to the hub once its first message has said who looks; what comes meanwhile is kept. */
function serve(
  hub: Hub<WallViewer>,
  deps: WallDeps,
  socket: WebSocket,
  viewerOf: (message: unknown) => Promise<WallViewer | undefined>,
): void {
  const meanwhile: Buffer[] = [];
  const keep = (data: Buffer) => void (meanwhile.length < 20 && meanwhile.push(data));
  const late = deps.clock.after(openWithinMs, () => socket.close(1008));
  socket.on("close", () => late.cancel());
  socket.once("message", (data: Buffer) => {
    late.cancel();
    socket.on("message", keep);
    void (async () => {
      try {
        const viewer = await viewerOf(JSON.parse(data.toString()));
        if (!viewer) {
          socket.send(JSON.stringify({ type: "refused", topic: "screen", code: "screen-revoked" }));
          return socket.close(4003);
        }
        socket.off("message", keep);
        hub.accept(socket, viewer);
        for (const message of meanwhile) socket.emit("message", message);
      } catch (error) {
        deps.log.debug({ err: error }, "a screen could not open");
        socket.close(1011);
      }
    })();
  });
}

async function previewKeys(
  { database: { db } }: WallDeps,
  principal: Principal,
  keys: readonly string[],
): Promise<Set<string>> {
  const units = await visibleUnitIds(db, principal);
  return new Set(
    keys.filter((key) => {
      if (key === queuesKey) return true;
      const asked = parseWallKey(key);
      return asked && (units === "all" || (asked.unitId !== null && units.includes(asked.unitId)));
    }),
  );
}

/** Screens on walls; `GET /api/v1/wall` and `GET /api/v1/wall-preview` (shared/wallboards.ts). */
export function createWall(deps: WallDeps): AsyncDisposable {
  const { database, clock, events, log } = deps;
  const hub = createHub<WallViewer>({ clock, log });
  const watched = new Set<string>();
  const days = createDayFigures({
    db: database.db,
    clock,
    log,
    changed: (key) => hub.touch("wall-day", key),
  });
  addTopics(hub, deps, days);
  const viewer = (keys: Iterable<string>): WallViewer => {
    const own = new Set(keys);
    for (const key of own) watched.add(key);
    return { userId: 0, permissions: mayLook, keys: own };
  };
  deps.upgrades.add({
    path: "/api/v1/wall",
    allow: "public",
    maxPayload: 4096,
    accept: (socket: WebSocket, _request: IncomingMessage) =>
      serve(hub, deps, socket, async (message) => {
        const { token } = wallOpen.parse(message);
        const at = new Date(clock.now());
        const screen = await database.transact((tx) => openScreen(tx, hashOf(token), at));
        return screen && { ...viewer(screen.boards.flatMap(keysOf)), screen };
      }),
  });
  deps.upgrades.add({
    path: "/api/v1/wall-preview",
    allow: "live.see",
    maxPayload: 4096,
    accept: (socket, _request, principal) =>
      serve(hub, deps, socket, async (message) => ({
        ...viewer(await previewKeys(deps, principal!, previewOpen.parse(message).keys)),
        userId: principal!.userId,
      })),
  });
  const moved = () => {
    if (hub.subscribers("wall-live") > 0) for (const key of watched) hub.touch("wall-live", key);
    else watched.clear();
  };
  const touchQueue = (queueId: number) => hub.touch("wall-queues", String(queueId));
  const stops = [
    events.on("queue.moved", ({ queueId }) => touchQueue(queueId)),
    events.on("agent.changed", ({ agent }) => {
      for (const id of deps.queues.idsOf(agent.userId)) touchQueue(id);
    }),
    events.on("agent.changed", moved),
    events.on("call.changed", moved),
    events.on("call.closed", moved),
    events.on("user.changed", ({ userId }) => hub.drop(userId)),
    events.on("wallboard.changed", ({ boardId }) =>
      hub.end(({ screen }) => screen?.boards.some(({ id }) => id === boardId) === true),
    ),
    events.on("wall-screen.changed", ({ screenId }) => hub.end(({ screen }) => screen?.id === screenId)),
  ];
  return {
    async [Symbol.asyncDispose]() {
      for (const stop of stops) stop();
      days[Symbol.dispose]();
      await hub[Symbol.asyncDispose]();
    },
  };
}
