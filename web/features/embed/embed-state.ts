import type { DeskCall, DeskLead, DeskState, PauseReason } from "../../../shared/desk.ts";
import type { EmbedCall, EmbedState } from "../../../shared/embed.ts";
import { externalIdOf } from "../../../shared/record-url.ts";

/** What the desk knows beside the server's state. */
export interface EmbedDesk {
  state: DeskState;
  online: boolean;
  inCharge: boolean;
  muted: boolean;
  pauseReasons: readonly PauseReason[];
}

function presentRecord(lead: DeskLead, data: EmbedCall["data"]) {
  const fields = Object.fromEntries(lead.fields.map(({ key, value }) => [key, value]));
  return {
    phone: lead.phone,
    name: lead.name,
    leadId: lead.leadId,
    customerId: lead.customerId,
    externalId: externalIdOf(fields, data),
    fields,
    data,
  };
}

function presentCall(call: DeskCall, muted: boolean): EmbedCall {
  return {
    ...presentRecord(call.lead, call.data),
    callId: call.callId,
    direction: call.direction,
    state: call.state,
    campaign: call.campaignId === null ? null : { id: call.campaignId, name: call.campaignName ?? "" },
    url: call.recordUrl,
    startedAt: call.startedAt,
    answeredAt: call.answeredAt,
    connectedAt: call.connectedAt,
    endedAt: call.endedAt,
    cause: call.cause,
    onHold: call.onHold,
    muted,
    recording: call.recording && call.recordingPausedUntil === null,
  };
}

function presentPreview({ lead, campaignId, campaignName, recordUrl }: NonNullable<DeskState["preview"]>) {
  return {
    ...presentRecord(lead, null),
    callId: null,
    direction: "outbound",
    state: "preview",
    campaign: { id: campaignId, name: campaignName },
    url: recordUrl,
    startedAt: null,
    answeredAt: null,
    connectedAt: null,
    endedAt: null,
    cause: null,
    onHold: false,
    muted: false,
    recording: false,
  } satisfies EmbedCall;
}

/** Before somebody has signed in. */
export const nobody: EmbedState = {
  state: "signed-out",
  since: null,
  agent: null,
  pauseReason: null,
  next: null,
  campaigns: [],
  call: null,
};

function stateOf({ state, online, inCharge }: EmbedDesk): EmbedState["state"] {
  if (!online) return "offline";
  return state.state === "signed-out" || inCharge ? state.state : "elsewhere";
}

/** The desk as the other page is told of it. A call of a desk elsewhere is no business of this one. */
export function embedStateOf(desk: EmbedDesk): EmbedState {
  const { state, pauseReasons, muted } = desk;
  const reason = pauseReasons.find(({ id }) => id === state.pauseReasonId);
  const shown = stateOf(desk);
  const record =
    (state.call && presentCall(state.call, muted)) ?? (state.preview && presentPreview(state.preview));
  return {
    state: shown,
    since: state.since,
    agent: { id: state.userId, name: state.name },
    pauseReason: reason ? reason.code || reason.label : null,
    next: state.next,
    campaigns: state.campaigns.map(({ id, name }) => ({ id, name })),
    call: desk.inCharge ? record : null,
  };
}
