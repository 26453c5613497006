/** Calls with audio through a switch that runs in a process of its own. */
import { fork } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseSdp } from "../../server/media/sdp.ts";
import type { OutgoingCall } from "../../server/sip/types.ts";
import { sipStack, uriAt } from "../../test/kit/sip-stack.ts";
import { type Load, loadSdp, openRtpLoad } from "./load.ts";

export interface SwitchLoad extends AsyncDisposable {
  readonly load: Load;
  readonly sipPort: number;
  /** Resident bytes, and open files plus handles and timers of the event loop, of all its processes. */
  usage(): Promise<{ pids: number[]; rssBytes: number; handles: number }>;
  /** Calls `number`; resolves with the time to the answer, ms. Its audio begins at once. */
  call(number: number): Promise<number>;
  hangup(number: number): void;
}

function statm(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/statm`, "latin1").split(" ")[1]) * 4096;
}

const filesOf = (pid: number) => readdirSync(`/proc/${pid}/fd`).length;

export async function openSwitchLoad(): Promise<SwitchLoad> {
  await using stack = new AsyncDisposableStack();
  const sip = stack.use(await sipStack());
  const load = stack.use(await openRtpLoad());
  const child = fork(fileURLToPath(new URL("switch-process.ts", import.meta.url)), [
    String(sip.local[0]!.port),
  ]);
  stack.defer(async () => {
    const gone = once(child, "exit");
    child.disconnect();
    await gone;
  });
  const [sipPort] = (await once(child, "message")) as [number];
  const calls = new Map<number, OutgoingCall>();
  load.start([], 2);
  const held = stack.move();
  return {
    load,
    sipPort,
    async usage() {
      child.send({});
      const [{ pids, handles }] = (await once(child, "message")) as [{ pids: number[]; handles: number }];
      const all = [child.pid!, ...pids];
      return {
        pids: all,
        rssBytes: all.reduce((sum, pid) => sum + statm(pid), 0),
        handles: all.reduce((sum, pid) => sum + filesOf(pid), handles),
      };
    },
    call(number) {
      const began = performance.now();
      const invite = sip.invite({
        uri: `sip:${number}@127.0.0.1:${sipPort}`,
        from: uriAt(sip, "load"),
        body: { type: "application/sdp", content: loadSdp(load.portOf(number)) },
      });
      calls.set(number, invite);
      return new Promise((resolve, reject) => {
        invite.onFailed(({ status, reason }) => reject(new Error(`call ${number}: ${status} ${reason}`)));
        invite.onAccepted(({ body }) => {
          const sdp = parseSdp(body?.content ?? "");
          if (!sdp) return reject(new Error(`call ${number}: no SDP`));
          load.setLeg(number, sdp.audio.port);
          resolve(performance.now() - began);
        });
      });
    },
    hangup(number) {
      load.setLeg(number, 0);
      const call = calls.get(number);
      calls.delete(number);
      call?.hangup();
    },
    [Symbol.asyncDispose]: () => held.disposeAsync(),
  };
}
