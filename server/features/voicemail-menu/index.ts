export { type CallOuts, createCallOuts } from "./call-outs.ts";
export { createVoicemailMenus, type VoicemailMenus } from "./menus.ts";
