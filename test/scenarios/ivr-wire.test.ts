import assert from "node:assert/strict";
import { test } from "node:test";
import { sql } from "kysely";
import { exitsOf } from "../../shared/ivr/blocks.ts";
import type { CarrierCall } from "../../tools/carrier/call.ts";
import type { CallBed } from "../kit/call-bed.ts";
import { brokenAtRest, closedCall } from "../kit/story.ts";
import { type ToneEar, toneEar } from "../kit/tone-ear.ts";
import { until } from "../kit/until.ts";
import { did, known, pins, tones, vip, wireLine } from "../kit/wire-line.ts";

type Manner = "event" | "info" | "tones";
const manners: Manner[] = ["event", "info"];

/** Keys at once, from the first word on: whoever knows the way need not listen. Then the exits taken, `block.exit`. */
interface Caller {
  keys: string;
  way: string[];
  from?: string;
}

const main = (key: string) => ["hello.next", "known.otherwise", `main.${key}`];
const end = { bye: ["bye.done"], sorry: ["sorry.next", "bye.done"] };
const asked = (key: string, kind: string, code: string, exit: string, last: keyof typeof end): Caller => ({
  keys: `${key}${code}`,
  way: [...main(key), `ask_${kind}.next`, `${kind}.${exit}`, ...end[last]],
});
const toPeople = (key: string, ...way: string[]): Caller => ({
  keys: `7${key}`,
  way: [...main("7"), `people.${key}`, ...way],
});

const callers: Caller[] = [
  { keys: "", way: [...main("timeout"), ...end.bye] },
  { keys: "AA", way: [...main("invalid"), ...end.sorry] },
  { keys: "0A", from: known, way: [...main("0"), "rate.unrated", ...end.sorry] },
  { keys: "05", way: [...main("0"), "rate.rated", ...end.bye] },
  { keys: "1", way: [...main("1"), "chinese.next", "open.open", "shut.closed", "feast.holiday", ...end.bye] },
  { keys: "212345#", way: [...main("2"), "order.next", ...end.bye] },
  { keys: "21#2#", way: [...main("2"), "order.invalid", ...end.sorry] },
  { keys: "2", way: [...main("2"), "order.timeout", ...end.sorry] },
  { keys: `3${pins.right}`, way: [...main("3"), "who.verified", ...end.bye] },
  { keys: `3${pins.right}`, way: [...main("3"), "who.verified", ...end.bye] },
  { keys: `3${pins.right}`, way: [...main("3"), "who.verified", ...end.bye] },
  { keys: `3${pins.broken}`, way: [...main("3"), "who.unavailable", ...end.sorry] },
  { keys: "3", way: [...main("3"), "who.timeout", ...end.sorry] },
  asked("4", "crm", "1", "ok", "bye"),
  asked("4", "crm", "2", "failed", "sorry"),
  asked("4", "crm", "3", "timeout", "sorry"),
  asked("4", "crm", "4", "failed", "sorry"),
  asked("4", "crm", "5", "failed", "sorry"),
  asked("5", "policy", "1", "found", "bye"),
  asked("5", "policy", "2", "none", "sorry"),
  asked("5", "policy", "3", "failed", "sorry"),
  asked("6", "sum", "1", "high", "bye"),
  asked("6", "sum", "2", "low", "bye"),
  asked("6", "sum", "3", "failed", "sorry"),
  asked("6", "sum", "4", "failed", "sorry"),
  toPeople("3", "gone.closed", ...end.sorry),
  toPeople("4", "empty.empty", ...end.sorry),
  toPeople("6", "agent.unanswered", ...end.sorry),
  toPeople("7", "number.failed", ...end.sorry),
  toPeople("0", "later.next", ...end.bye),
  { keys: "7", way: [...main("7"), "people.timeout", ...end.bye] },
  { keys: "7AA", way: [...main("7"), "people.invalid", ...end.sorry] },
  { keys: "*", way: [...main("*"), "text.next", "mail.failed", ...end.sorry] },
  { keys: "#", way: [...main("#"), "within.next", "out.next", "part.next", ...end.bye] },
];

/** Two words, to their end. */
const speak = (call: CarrierCall) => call.play("hello-zh-1");

/** The way a caller took through blocks, in no order: what is drawn leads on from each. */
async function wayOf({ database }: CallBed, phone: string): Promise<string[]> {
  const { rows } = await sql<{ step: string }>`select block_id || '.' || exit as step
    from ivr_visits v join calls c on c.id = v.call_id where c.phone = ${phone}`.execute(database.db);
  return rows.map(({ step }) => step).sort();
}

/** For whoever looks for a fault. */
async function storyOf({ database }: CallBed, phone: string): Promise<string[]> {
  const { rows } = await sql<{
    line: string;
  }>`select e.type || coalesce(' ' || (e.data->>'blockId') || '.' || (e.data->>'exit'), '') as line
    from call_events e join calls c on c.id = e.call_id where c.phone = ${phone} order by e.id`.execute(
    database.db,
  );
  return rows.map(({ line }) => line);
}

/** What the operator reads of each question to somebody else that had no answer. */
async function reasons({ database }: CallBed): Promise<string[]> {
  const { rows } = await sql<{ why: string }>`select distinct data->>'block' || ': ' || (data->>'why') as why
    from call_events where type = 'ivr-outside-failed' order by 1`.execute(database.db);
  return rows.map(({ why }) => why);
}

/** Tables with a row that holds this text. */
async function tablesWith({ database }: CallBed, text: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE'`.execute(database.db);
  const found = rows.map(async ({ name }) => {
    const { rows: hits } =
      await sql`select 1 from ${sql.table(name)} t where t::text like ${`%${text}%`} limit 1`.execute(
        database.db,
      );
    return hits.length > 0 ? [name] : [];
  });
  return (await Promise.all(found)).flat();
}

test("every kind of block and each of its exits is walked on the wire, by events, INFO and tones; PINs are written nowhere", async () => {
  await using stack = new AsyncDisposableStack();
  const { bed, document, lines, speech, mail, queueIds, ana } = await wireLine(stack);
  // The API refuses what a flow uses; the database may have been changed by hand.
  await sql`update queues set deleted_at = now() where id = ${queueIds.gone}`.execute(bed.database.db);
  await bed.manager.ask("POST", "/queues", { name: "One whose coming has all queues read again" });
  const target = { transport: "udp", ...bed.server.sip } as const;
  const expected = new Map<string, string[]>();
  let count = 0;

  interface Walker {
    call: CarrierCall;
    ear: ToneEar<keyof typeof tones>;
    press: (keys: string) => Promise<unknown>;
  }
  async function enter(
    { keys, way, from }: Caller,
    manner = manners[count % manners.length]!,
  ): Promise<Walker> {
    const phone = from ?? `+861380013${String(8000 + count)}`;
    count++;
    expected.set(phone, way);
    const call = bed.carrier.callIn({
      from: phone,
      to: did,
      target,
      plan: [{ do: "stay" }],
      events: manner !== "tones",
    });
    await call.until("answered");
    const ear = toneEar(call, tones);
    const press = async (more: string) => call.press(more, manner === "info" ? "info" : "event");
    await until(`${phone} is greeted`, () => ear.heard().length > 0);
    await press(keys);
    return { call, ear, press };
  }
  /** To the end, of which the last words are heard. */
  async function walk(caller: Caller, then?: (one: Walker) => Promise<unknown>): Promise<void> {
    const one = await enter(caller);
    try {
      await then?.(one);
      await until(`${one.call.from} is at the end`, () => one.call.phase === "ended");
      const last = caller.way.includes("sorry.next") ? ["sorry", "bye"] : ["bye"];
      if (caller.way.includes("bye.done")) assert.deepEqual(one.ear.heard().slice(-last.length), last);
    } catch (error) {
      const way = await storyOf(bed, one.call.from);
      const heard = one.ear.heard().join(", ");
      throw new Error(`${caller.way.join(", ")}: went ${way.join(", ")}, heard ${heard}: ${String(error)}`, {
        cause: error,
      });
    }
  }
  const noted = (call: CarrierCall, type: string) =>
    until(`${call.from}: ${type}`, async () => {
      const { rows } = await sql`select 1 from call_events e join calls c on c.id = e.call_id
        where c.phone = ${call.from} and e.type = ${type}`.execute(bed.database.db);
      return rows.length > 0;
    });
  /** After the question, not into it. */
  const answer = async ({ call, ear }: Walker) => {
    await ear.hears("ask");
    await speak(call);
  };
  const message = async ({ call }: Walker) => {
    await noted(call, "voicemail-recording");
    await speak(call);
    call.hangup();
  };

  /** One after the other: what the recogniser understands is set for all. */
  async function speaking(): Promise<void> {
    const say = [...main("8")];
    speech.hears = "我想查一下话费。";
    await walk({ keys: "8", way: [...say, "say.bill", ...end.bye] }, answer);
    speech.hears = "人工坐席";
    const twice = async (one: Walker) => {
      await answer(one);
      await answer(one);
    };
    await walk({ keys: "8", way: [...say, "say.person", "say2.agent", ...end.bye] }, twice);
    speech.hears = "天气";
    await walk({ keys: "8", way: [...say, "say.invalid", ...end.sorry] }, answer);
    speech.hears = "人工";
    await walk({ keys: "8", way: [...say, "say.person", "say2.unavailable", ...end.sorry] }, async (one) => {
      await answer(one);
      await one.ear.hears("ask");
      speech.manner = "refuses";
      await speak(one.call);
    });
    // Nobody understands: asked by keys.
    await walk({ keys: "8", way: [...say, "say.bill", ...end.bye] }, async (one) => {
      await answer(one);
      await one.ear.hears("ask");
      await one.press("1");
    });
  }

  const full = async () => {
    const first = await enter({ keys: "72", way: [...main("7"), "people.2", "full.timeout", "bye.done"] });
    await noted(first.call, "queue-entered");
    await walk({ keys: "72", way: [...main("7"), "people.2", "full.full", ...end.sorry] });
    await first.call.until("ended");
  };
  const wrongTwice = `3${pins.wrong}`;
  const toText = ["hello.next", "known.vip", "welcome.next", "main.*"];
  const walks: (() => Promise<void>)[] = [
    speaking,
    full,
    () => walk(toPeople("1", "line.timeout", ...end.sorry)),
    ...callers.map((caller) => () => walk(caller)),
    ...["ask_crm", "ask_policy", "ask_sum"].flatMap((id, index) => {
      const key = String(4 + index);
      return [
        () => walk({ keys: key, way: [...main(key), `${id}.timeout`, ...end.sorry] }),
        () => walk({ keys: `${key}AA`, way: [...main(key), `${id}.invalid`, ...end.sorry] }),
      ];
    }),
    () => walk({ keys: "8", way: [...main("8"), "say.timeout", ...end.sorry] }),
    () =>
      walk({ keys: wrongTwice, way: [...main("3"), "who.failed", ...end.sorry] }, async ({ ear, press }) => {
        await ear.hears("sorry");
        await press(pins.wrong);
      }),
    () => walk({ keys: "*", from: vip, way: [...toText, "text.next", "mail.next", ...end.bye] }),
    () =>
      walk(toPeople("5", "keyed.key", ...end.sorry), async ({ call, press }) => {
        await noted(call, "queue-said");
        await press("1");
      }),
    () => walk(toPeople("8", "box.taken"), message),
    () => walk(toPeople("9", "own.taken"), message),
    () =>
      walk({ keys: "9", way: [...main("9"), "tell.next", ...end.bye] }, async ({ call, press }) => {
        await noted(call, "recording-started");
        await speak(call);
        await press("#");
      }),
  ];
  // So many at a time that a busy machine keeps up with their sound.
  const lost: string[] = [];
  const line = async () => {
    for (let next = walks.shift(); next; next = walks.shift())
      await next().catch((error: unknown) => void lost.push(String(error)));
  };
  await Promise.all(Array.from({ length: 12 }, line));
  assert.deepEqual(lost, []);
  // Tones suffer from what a busy machine does to sound: who is not understood calls again.
  const byTones = { keys: `3${pins.right}`, way: [...main("3"), "who.verified", ...end.bye] };
  for (let tries = 1; ; tries++) {
    const { call } = await enter(byTones, "tones");
    await call.until("ended");
    await closedCall(bed.database, call.from);
    const way = await wayOf(bed, call.from);
    if (way.join() === byTones.way.toSorted().join()) break;
    expected.delete(call.from);
    assert.ok(tries < 5, `by tones: ${way.join(", ")}`);
  }
  // Somebody is there now.
  await ana.work();
  const taken = await enter(toPeople("1", "line.taken"));
  await ana.until("talking");
  taken.call.hangup();
  await ana.until("ready");

  const ways = await Promise.all(
    [...expected].map(async ([phone, way]) => {
      await closedCall(bed.database, phone);
      return [phone, await wayOf(bed, phone), way.toSorted()] as const;
    }),
  );
  for (const [phone, walked, wished] of ways) assert.deepEqual(walked, wished, phone);

  const kinds = new Map(document.blocks.map((block) => [block.id, block.kind]));
  const nameOf = (id: string, exit: string) =>
    kinds.get(id) === "menu" ? `${id}.${exit}` : `${kinds.get(id)}.${exit}`;
  const walked = new Set(
    ways.flatMap(([, way]) => way.map((step) => nameOf(...(step.split(".") as [string, string])))),
  );
  const drawn = new Set(
    document.blocks.flatMap((block) => exitsOf(block).map((exit) => nameOf(block.id, exit))),
  );
  // A disk that takes no recording, and a flow that is gone, have no caller here.
  assert.deepEqual([...drawn.difference(walked)].sort(), ["record.failed", "sub-flow.failed"]);

  const why = await reasons(bed);
  assert.deepEqual(why.filter((line) => !line.startsWith("sum")).sort(), [
    "crm: big",
    "crm: no JSON",
    "crm: status 404",
    "crm: timeout",
    "mail: no address",
    "policy: database",
    "say2: speech-refused",
    "say: speech-refused",
    "who: database",
  ]);
  // By which limit a script ends is a matter of the machine's speed.
  for (const line of why.filter((one) => one.startsWith("sum")))
    assert.match(line, /: (interrupted|hung|out of memory)$/);
  const letter = await mail.mailTo("ana@example.com");
  assert.deepEqual([letter.subject, letter.text.trim()], ["来电 Ana", `号码 ${vip}，密码不在此。`]);
  const texts = await bed.manager.ask("GET", "/sms?state=waiting");
  assert.deepEqual(
    [texts.channel, texts.waiting, texts.items.map(({ phone }: { phone: string }) => phone).includes(vip)],
    [null, 2, true],
  );
  // Where the PINs were keyed in, and only the service that knows them saw them.
  for (const pin of [pins.right, pins.wrong]) {
    assert.deepEqual(await tablesWith(bed, pin), [], pin);
    assert.deepEqual(
      lines.filter((line) => line.includes(pin)),
      [],
      pin,
    );
  }
  const keyLines = lines.filter((line) => /Signal=[\dA-D*#]|"digit":"/.test(line));
  assert.deepEqual(keyLines.slice(0, 3), []);
  const { rows: ladder } = await sql<{ message: string }>`select message from sip_messages
    where message like 'INFO %'`.execute(bed.database.db);
  assert.ok(ladder.length > 20, String(ladder.length));
  assert.deepEqual([...new Set(ladder.map(({ message }) => /Signal=(\S*)/.exec(message)?.[1]))], ["*"]);
  const facts = await bed.database.db.selectFrom("ivr_facts").select(["what", "ok", "tries"]).execute();
  assert.deepEqual([...new Set(facts.map(({ what, ok, tries }) => `${what} ${ok} ${tries}`))].sort(), [
    "pin false 1",
    "pin false 2",
    "pin true 1",
  ]);
  assert.deepEqual(await brokenAtRest(bed.database), []);
});
