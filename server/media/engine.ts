import { AppError, reasonOf } from "../kernel/errors.ts";
import { systemRandom } from "../kernel/random.ts";
import type { Endpoint } from "./endpoint.ts";
import { Leg } from "./leg.ts";
import { setAnnouncements } from "./leg-ear.ts";
import { legCommand } from "./leg-commands.ts";
import type { Command, FromProcess, ProcessOptions, ReplyValue, Request } from "./messages.ts";
import { openCoder } from "./open-coder.ts";
import { Room } from "./room.ts";
import type { Negotiated } from "./sdp-negotiate.ts";
import { Ticker } from "./ticker.ts";
import type { LegSpec } from "./types.ts";
import { UdpEndpoint } from "./udp-endpoint.ts";
import { WebrtcEndpoint } from "./webrtc-endpoint.ts";
import { openWebrtc, type WebrtcRuntime } from "./webrtc-runtime.ts";
import { RtpPorts } from "./udp-sockets.ts";

const housekeepEveryMs = 500;

/** The legs and rooms of one media process. */
export interface Engine extends AsyncDisposable {
  serve(request: Request): Promise<ReplyValue>;
  run(command: Command): void;
}

export function createEngine(options: ProcessOptions, send: (message: FromProcess) => void): Engine {
  const legs = new Map<string, Leg>();
  const rooms = new Map<string, Room>();
  /** Where each leg ticks: its room, or a room of its own. */
  const homes = new Map<Leg, Room>();
  const ports = new RtpPorts(options.rtpPorts.min, options.rtpPorts.max);
  const ticker = new Ticker((_unit, error) =>
    send({ type: "log", level: "error", message: reasonOf(error) }),
  );
  let webrtc: Promise<WebrtcRuntime> | undefined;
  let sessionId = Math.floor(systemRandom.next() * 2 ** 31);

  function move(leg: Leg, to: Room | undefined): void {
    const from = homes.get(leg);
    if (from === to) return;
    if (from) {
      from.members.delete(leg);
      for (const heard of leg.output.hears) heard.heardBy = heard.heardBy.filter((l) => l !== leg);
      for (const l of leg.heardBy) l.output.setHears(l.output.hears.filter((h) => h !== leg));
      leg.heardBy = [];
      leg.output.setHears([]);
      from.reroute();
      if (from.members.size === 0) ticker.remove(from);
    }
    if (!to) return void homes.delete(leg);
    homes.set(leg, to);
    to.members.add(leg);
    ticker.add(to);
    to.reroute();
  }

  async function openEndpoint(spec: LegSpec, leg: Leg): Promise<Endpoint> {
    const { bindHost, advertisedHost, iceServers } = options;
    const { handlers } = leg;
    const codecs = spec.codecs ?? ["PCMA", "PCMU"];
    const common = { bindHost, advertisedHost, codecs, sessionId: ++sessionId, handlers };
    if (spec.kind === "rtp") return UdpEndpoint.open({ ...common, ports, srtp: spec.srtp });
    webrtc ??= openWebrtc(bindHost, options.webrtcPort);
    try {
      const runtime = await webrtc;
      return new WebrtcEndpoint({ ...common, runtime, iceServers, ssrc: leg.output.sender.ssrc });
    } catch (error) {
      webrtc = undefined; // what was wrong may be put right while we run
      throw error;
    }
  }

  async function createLeg(spec: LegSpec): Promise<void> {
    if (legs.has(spec.legId)) throw new AppError("leg-exists", 409, `There is a leg ${spec.legId} already.`);
    const leg = new Leg({
      legId: spec.legId,
      tell: (event) => send({ type: "event", event }),
      reroute: (changed) => homes.get(changed)?.reroute(),
      random: () => systemRandom.next(),
      epoch: () => Date.now(),
      ...(spec.silentAfterMs !== undefined && { silentAfterMs: spec.silentAfterMs }),
    });
    const endpoint = await openEndpoint(spec, leg);
    leg.attach(endpoint, spec.kind === "rtp");
    if (spec.detect) leg.detect(spec.detect);
    legs.set(spec.legId, leg);
    move(leg, new Room());
  }

  function closeLeg(leg: Leg): Promise<void> {
    legs.delete(leg.legId);
    move(leg, undefined);
    return leg.close();
  }

  function setMatrix(roomId: string, hears: readonly [string, readonly string[]][]): void {
    const room = rooms.get(roomId) ?? new Room();
    rooms.set(roomId, room);
    const matrix = new Map(
      hears.flatMap(([id, heard]) => {
        const leg = legs.get(id);
        return leg ? [[leg, new Set(heard.flatMap((h) => legs.get(h) ?? []))] as const] : [];
      }),
    );
    for (const leg of room.members) if (!matrix.has(leg)) move(leg, new Room());
    for (const leg of matrix.keys()) move(leg, room);
    room.setMatrix(matrix);
  }

  function closeRoom(roomId: string): void {
    setMatrix(roomId, []);
    rooms.delete(roomId);
  }

  async function agree(leg: Leg, agreed: Negotiated): Promise<void> {
    const known = leg.coder?.codec === agreed.codec ? leg.coder : undefined;
    const coder = known ?? (await openCoder(agreed.codec));
    if (legs.get(leg.legId) === leg) leg.agree(agreed, coder);
    else coder.close();
  }

  async function serve(request: Request): Promise<ReplyValue> {
    if (request.type === "create-leg") {
      await createLeg(request.spec);
      return {};
    }
    const leg = legs.get(request.legId);
    if (!leg) throw new AppError("leg-gone", 410, `The leg ${request.legId} has ended.`);
    switch (request.type) {
      case "offer":
        return { sdp: await leg.endpoint.offer() };
      case "accept-answer":
        await agree(leg, await leg.endpoint.acceptAnswer(request.sdp));
        return { heldByParty: leg.heldByParty };
      case "answer": {
        const { sdp, agreed } = await leg.endpoint.answer(request.sdp);
        await agree(leg, agreed);
        return { sdp, heldByParty: leg.heldByParty };
      }
      case "play":
        await leg.output.play(request.playbackId, request.sound, request.options);
        return {};
      default:
        await leg.startRecording(request.recordingId, request.path);
        return {};
    }
  }

  function run(command: Command): void {
    if (command.type === "set-matrix") setMatrix(command.roomId, command.hears);
    else if (command.type === "close-room") closeRoom(command.roomId);
    else if (command.type === "set-announcements") setAnnouncements(command.announcements);
    else if (command.type !== "shut-down") {
      const leg = legs.get(command.legId);
      if (!leg) return;
      if (command.type === "close-leg") void closeLeg(leg);
      else legCommand(leg, command, send);
    }
  }

  const housekeeping = setInterval(() => {
    const at = performance.now();
    for (const leg of legs.values()) leg.housekeep(at);
  }, housekeepEveryMs);

  return {
    serve,
    run,
    async [Symbol.asyncDispose]() {
      clearInterval(housekeeping);
      await Promise.all([...legs.values()].map(closeLeg));
      (await webrtc)?.[Symbol.dispose]();
    },
  };
}
