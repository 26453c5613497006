export { createVoicemailMenus, type VoicemailMenus } from "./menus.ts";
