/**
 * The floor page with many agents at work: the whole server as a process of its own, phones that register and pick up,
 * real Chromium on the floor page, and agents who change their state by their own requests.
 * `npm run bench -- board --agents 500 --rate 50 --seconds 40`; `rate`: changes a second.
 *
 * `p95Ms`: from sending the request to the frame in which the page shows the new state; both clocks are this machine's.
 * Once as a list, of which the rows in sight are measured, and once as tiles, all of which are in the page.
 */
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { chromium } from "playwright-core";
import { type FloorPreferences, floorPreferences } from "../shared/floor.ts";
import { startSession } from "../server/features/auth/index.ts";
import { systemClock } from "../server/kernel/clock.ts";
import { sessionCookie } from "../server/kernel/http/server.ts";
import { silentLog } from "../server/kernel/log.ts";
import { systemRandom } from "../server/kernel/random.ts";
import { createSipStack } from "../server/sip/stack.ts";
import { until } from "../test/kit/until.ts";
import { type Floor, openFloor, pauseMs } from "./floor.ts";
import { flags, percentile, printTable, report } from "./lib.ts";
import { corePercent } from "./load/cpu.ts";

const { agents: count, rate, seconds } = flags({ agents: 500, rate: 50, seconds: 40 });
const warmUpMs = 4_000;

interface Seen {
  userId: number;
  state: string;
  /** ms since the epoch. */
  at: number;
}
interface Desk {
  userId: number;
  ask(path: string, body?: unknown): Promise<unknown>;
}

/** Runs in the page: notes each state that a row comes to show, at the frame after the change. */
const watchRows = `(() => {
  const shown = new Map();
  window.seen = [];
  const note = (row, at) => {
    const { user, agentState: state } = row.dataset;
    if (shown.get(user) === state) return;
    shown.set(user, state);
    seen.push({ userId: Number(user), state, at });
  };
  new MutationObserver((records) => {
    const rows = new Set();
    for (const { target, addedNodes } of records)
      for (const node of [target, ...addedNodes]) {
        if (!(node instanceof Element)) continue;
        if (node.hasAttribute("data-agent")) rows.add(node);
        else if (node !== target) for (const row of node.querySelectorAll("[data-agent]")) rows.add(row);
      }
    if (rows.size > 0)
      requestAnimationFrame(() => {
        const at = Date.now();
        for (const row of rows) note(row, at);
      });
  }).observe(document, { subtree: true, childList: true, attributeFilter: ["data-agent-state"] });
})()`;

/** People in one statement: 500 password hashes would take longer than the measurement. */
async function people({ database, url }: Floor, n: number): Promise<Desk[]> {
  const { rows } = await database.pool.query<{ id: number }>(
    `insert into users (login, name, role, locale, password_hash)
     select 'agent' || i, 'Agent ' || i, 'agent', 'en', password_hash
     from users, generate_series(1, $1::integer) i where login = 'boss' returning id`,
    [n],
  );
  const at = new Date();
  const tokens = await database.transact(async (tx) => {
    const made: string[] = [];
    for (const { id } of rows)
      made.push(await startSession(tx, { userId: id, address: "127.0.0.1", userAgent: "bench", at }));
    return made;
  });
  return rows.map(({ id }, i) => ({
    userId: id,
    async ask(path, body = {}) {
      const response = await fetch(`${url}/api/v1${path}`, {
        method: "POST",
        headers: {
          cookie: `${sessionCookie}=${tokens[i]}`,
          "x-waihu": "1",
          "content-type": "application/json",
        },
        body: JSON.stringify(body),
      });
      if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
      return response.json();
    },
  }));
}

/** All phones behind one SIP socket: they pick up every call and want to hear nothing. */
async function phones(stack: AsyncDisposableStack) {
  const media = createSocket("udp4");
  media.bind(0, "127.0.0.1");
  await once(media, "listening");
  stack.defer(() => void media.close());
  const content = [
    "v=0",
    "o=- 1 1 IN IP4 127.0.0.1",
    "s=-",
    "c=IN IP4 127.0.0.1",
    "t=0 0",
    `m=audio ${media.address().port} RTP/AVP 8`,
    "a=sendonly",
    "",
  ].join("\r\n");
  const sip = stack.use(
    await createSipStack({
      listen: [{ transport: "udp", host: "127.0.0.1", port: 0 }],
      realm: "phones.bench",
      userAgent: "bench phones",
      clock: systemClock,
      random: systemRandom,
      log: silentLog,
      credentialsOf: async () => undefined,
      trunkOf: () => "server",
    }),
  );
  sip.onInvite((call) => {
    call.on("reoffer", (_body, respond) => respond(200, { type: "application/sdp", content }));
    call.accept({ type: "application/sdp", content });
  });
  return sip;
}

async function inBatches<T>(items: readonly T[], size: number, run: (item: T) => Promise<unknown>) {
  for (let i = 0; i < items.length; i += size) await Promise.all(items.slice(i, i + size).map(run));
}

await using floor = await openFloor({ agents: 0, scenario: {}, agentsSpeak: false });
await using stack = new AsyncDisposableStack();
const campaign = await floor.seed.campaign({ phones: [] });
const desks = await people(floor, count);
const sip = await phones(stack);
await inBatches(desks, 10, async (desk) => {
  const account = (await desk.ask("/desk/phone")) as { user: string; password: string; domain: string };
  const registration = stack.use(
    sip.register({
      registrar: { transport: "udp", host: "127.0.0.1", port: floor.sip.port },
      aor: `sip:${account.user}@${account.domain}`,
      credentials: { user: account.user, password: account.password },
    }),
  );
  await until(`${account.user} registers`, () => registration.state.state === "registered");
  const { userId } = desk;
  await desk.ask("/desk/sign-in", {
    deskId: `bench-desk-${userId}`,
    endpoint: "phone",
    campaignIds: [campaign.id],
  });
});
const pauses = await floor.database.pool.query<{ id: number }>("select id from pause_reasons limit 1");
const reasonId = pauses.rows[0]?.id ?? null;
await until("every agent's leg is up", async () => {
  const { rows } = await floor.database.pool.query("select from agents where state <> 'connecting'");
  return rows.length >= count;
});

const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
stack.defer(() => browser.close());
const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "en-GB" });
const [name, token] = floor.manager.headers["cookie"]!.split(/=(.*)/);
await context.addCookies([{ name: name!, value: token!, url: floor.url }]);
await context.addInitScript(watchRows);
const session = await browser.newBrowserCDPSession();

const failed: unknown[] = [];
const ready = new Set<number>();
let turn = 0;
/** The agents by turns, at an even pace; late ones are made up for. */
async function change(ms: number): Promise<Seen[]> {
  const changes: Seen[] = [];
  const began = performance.now();
  const asked: Promise<unknown>[] = [];
  for (let made = 0; performance.now() - began < ms;) {
    for (const due = ((performance.now() - began) / 1000) * rate; made < due; made++) {
      const desk = desks[(turn++ * 7) % desks.length]!;
      const { userId } = desk;
      const isReady = ready.has(userId);
      if (isReady) ready.delete(userId);
      else ready.add(userId);
      changes.push({ userId, state: isReady ? "paused" : "ready", at: Date.now() });
      const done = isReady ? desk.ask("/desk/pause", { reasonId }) : desk.ask("/desk/ready");
      asked.push(done.catch((error: unknown) => failed.push(error)));
    }
    await pauseMs(4);
  }
  await Promise.all(asked);
  return changes;
}

/** One way of looking at the floor; by name, so that rows keep their place. */
async function measure(view: FloorPreferences["view"]) {
  const preferences = { ...floorPreferences.parse({}), view, sort: "name" };
  await floor.manager.ask("PUT", "/floor/preferences", preferences);
  const page = await context.newPage();
  await page.goto(`${floor.url}/floor`);
  await page.locator("[data-agent]").first().waitFor();
  const inSight = new Set(
    await page.locator("[data-agent]").evaluateAll((rows) => rows.map((row) => Number(row.dataset["user"]))),
  );
  await change(warmUpMs);
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  const { result: inner, corePct: serverCorePct } = await corePercent([floor.serverPid], () =>
    corePercent(
      processInfo.map(({ id }) => id),
      () => change(seconds * 1000),
    ),
  );
  await pauseMs(1_000);
  const seen = await page.evaluate<Seen[]>("seen");
  await page.close();
  const changes = inner.result.filter(({ userId }) => inSight.has(userId));
  const times = changes.flatMap(({ userId, state, at }) => {
    const shown = seen.find((one) => one.userId === userId && one.state === state && one.at >= at);
    return shown ? [shown.at - at] : [];
  });
  return {
    view,
    rows: inSight.size,
    "changes/s": inner.result.length / seconds,
    "in sight": changes.length,
    unseen: changes.length - times.length,
    "p50, ms": percentile(times, 0.5),
    "p95, ms": percentile(times, 0.95),
    "most, ms": Math.max(...times),
    "server, % core": serverCorePct,
    "browser, % core": inner.corePct,
  };
}

const list = await measure("list");
const tiles = await measure("tiles");
printTable([list, tiles]);
if (failed.length > 0) console.log(`${failed.length} requests failed: ${String(failed[0])}`);
report("board", {
  p95Ms: list["p95, ms"],
  serverCorePct: list["server, % core"],
  browserCorePct: list["browser, % core"],
  tilesP95Ms: tiles["p95, ms"],
  tilesBrowserCorePct: tiles["browser, % core"],
});
