import type { ForceType } from "../../../shared/floor.ts";
import type { SuperviseMode } from "../../../shared/call-control.ts";

export type FloorAct = SuperviseMode | ForceType | "message" | "move";

/** `KeyboardEvent.code` of each act on whoever is marked. */
export const actKeys: Record<FloorAct, string> = {
  listen: "KeyL",
  whisper: "KeyW",
  barge: "KeyB",
  "take-over": "KeyT",
  ready: "KeyR",
  pause: "KeyP",
  "end-wrap-up": "KeyE",
  "sign-out": "KeyO",
  message: "KeyM",
  move: "KeyG",
};
export const keyOf = (act: FloorAct): string => actKeys[act].slice(3);
