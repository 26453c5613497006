import { AppError, reasonOf } from "../kernel/errors.ts";
import { systemRandom } from "../kernel/random.ts";
import type { Endpoint } from "./endpoint.ts";
import { createEngineRooms } from "./engine-rooms.ts";
import { Leg } from "./leg.ts";
import { setAnnouncements } from "./leg-ear.ts";
import { legCommand } from "./leg-commands.ts";
import type { Command, FromProcess, ProcessOptions, ReplyValue, Request } from "./messages.ts";
import { openCoder } from "./open-coder.ts";
import type { ProcessLink } from "./process-link.ts";
import { Room } from "./room.ts";
import type { Negotiated } from "./sdp-negotiate.ts";
import { Ticker } from "./ticker.ts";
import type { LegSpec, MediaEvent } from "./types.ts";
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

async function agree(leg: Leg, agreed: Negotiated): Promise<void> {
  const known = leg.coder?.codec === agreed.codec ? leg.coder : undefined;
  const coder = known ?? (await openCoder(agreed.codec));
  if (leg.isClosed) coder.close();
  else leg.agree(agreed, coder);
}

export function createEngine(
  options: ProcessOptions,
  link: ProcessLink,
  send: (message: FromProcess) => void,
): Engine {
  const legs = new Map<string, Leg>();
  const ports = new RtpPorts(options.rtpPorts.min, options.rtpPorts.max);
  const ticker = new Ticker((_unit, error) =>
    send({ type: "log", level: "error", message: reasonOf(error) }),
  );
  const rooms = createEngineRooms({
    legs,
    ticker,
    link,
    createGuest: (legId) => newLeg(legId, () => undefined),
    agree: (guest, agreed) => void agree(guest, agreed),
  });
  let webrtc: Promise<WebrtcRuntime> | undefined;
  let sessionId = Math.floor(systemRandom.next() * 2 ** 31);

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

  function newLeg(legId: string, tell: (event: MediaEvent) => void, silentAfterMs?: number): Leg {
    return new Leg({
      legId,
      tell,
      reroute: (leg) => rooms.reroute(leg),
      random: () => systemRandom.next(),
      epoch: () => Date.now(),
      ...(silentAfterMs !== undefined && { silentAfterMs }),
    });
  }

  async function createLeg(spec: LegSpec): Promise<void> {
    if (legs.has(spec.legId)) throw new AppError("leg-exists", 409, `There is a leg ${spec.legId} already.`);
    const leg = newLeg(spec.legId, (event) => send({ type: "event", event }), spec.silentAfterMs);
    const endpoint = await openEndpoint(spec, leg);
    leg.attach(endpoint, spec.kind === "rtp");
    if (spec.detect) leg.detect(spec.detect);
    legs.set(spec.legId, leg);
    rooms.move(leg, new Room());
  }

  function closeLeg(leg: Leg): Promise<void> {
    legs.delete(leg.legId);
    rooms.move(leg, undefined);
    return leg.close();
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
    if (command.type === "set-matrix") rooms.set(command);
    else if (command.type === "close-room") rooms.close(command.roomId);
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
    rooms.housekeep(at);
  }, housekeepEveryMs);

  return {
    serve,
    run,
    async [Symbol.asyncDispose]() {
      clearInterval(housekeeping);
      link.close();
      await Promise.all([...legs.values()].map(closeLeg));
      (await webrtc)?.[Symbol.dispose]();
    },
  };
}
