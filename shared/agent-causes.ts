/**
 * Why the server moved an agent whose state had lost its cause. Words under `agentCause.<name>`; the same name is the
 * cause of the line in the agent's history.
 */
export const lostCauses = [
  "line-gone", // the line that carries the agent is no more
  "line-is-up", // the line was up, the state said it was not
  "line-not-called", // nobody was calling the agent's phone
  "record-not-held", // the record on the screen belongs to nobody any more
  "call-gone", // there is no such call
  "call-over", // the call has ended
  "call-answered", // they talk already
  "not-in-call", // the call goes on without this agent
] as const;
export type LostCause = (typeof lostCauses)[number];
