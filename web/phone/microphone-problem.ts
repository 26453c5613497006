/** Why the microphone cannot be used. Words and the remedy are in the dictionary under `desk:microphone.<code>`. */
export const microphoneProblems = [
  "insecure-origin", // getUserMedia exists on https and localhost only
  "unsupported",
  "refused", // by the person, the browser's setting or the company's policy
  "not-found",
  "in-use", // another program holds it, or the system refuses it
  "chosen-missing", // the remembered device is unplugged
  "ended", // unplugged or taken away while in use
  "failed",
] as const;
export type MicrophoneProblem = (typeof microphoneProblems)[number];

/** The name of a DOMException thrown by getUserMedia (W3C Media Capture and Streams §10.1) as our word for it. */
export function microphoneProblem(error: unknown): MicrophoneProblem {
  switch (error instanceof Error ? error.name : "") {
    case "NotAllowedError":
    case "SecurityError":
      return "refused";
    case "NotFoundError":
      return "not-found";
    case "NotReadableError":
    case "AbortError":
      return "in-use";
    case "OverconstrainedError":
      return "chosen-missing";
    default:
      return "failed";
  }
}

/** What rules a microphone out before it is asked for. */
export function microphoneBarrier(environment: {
  secure: boolean;
  supported: boolean;
}): MicrophoneProblem | undefined {
  if (!environment.secure) return "insecure-origin";
  return environment.supported ? undefined : "unsupported";
}
