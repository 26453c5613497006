import "./events.ts";

export { createDialer, type Dialer, type DialerStatus } from "./dialer.ts";
export { type Limit, limits } from "./pacing.ts";
export { createPreviews, type Preview, type Previews } from "./previews.ts";
