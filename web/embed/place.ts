import { embeddedDeskPath } from "../../shared/embed.ts";
import { WaihuError } from "./failure.ts";

export interface OpenOptions {
  /** Where the desk stands, if it may stand in this page: an element or a selector. */
  mount?: Element | string;
  language?: "zh" | "en";
  theme?: "light" | "dark";
  /** A window of its own though a frame would do: it stays while this page is left. */
  window?: boolean;
}

/** The frame or window that the desk is in. */
export interface Place {
  readonly target: Window | null;
  /** A desk was there already: it is not loaded anew if it answers. */
  readonly kept: boolean;
  isGone(): boolean;
  /** Loads the desk into a window that did not answer. */
  load(): void;
  show(): void;
  remove(): void;
}

const windowName = "waihu-desk";

function deskUrl(server: string, { language, theme }: OpenOptions): string {
  const url = new URL(embeddedDeskPath, server);
  if (language) url.searchParams.set("language", language);
  if (theme) url.searchParams.set("theme", theme);
  return url.href;
}

function inFrame(server: string, options: OpenOptions): Place {
  const { mount, language } = options;
  const parent = typeof mount === "string" ? document.querySelector(mount) : mount;
  if (!parent)
    throw new WaihuError(
      "no-mount",
      `There is no element ${typeof mount === "string" ? mount : ""} on this page.`,
    );
  const frame = document.createElement("iframe");
  frame.title = language === "zh" ? "外呼坐席工作台" : "Waihu desk";
  const handedOn = ["microphone", "autoplay", "speaker-selection", "screen-wake-lock", "clipboard-write"];
  frame.allow = handedOn.map((feature) => `${feature} ${server}`).join("; ");
  frame.style.cssText = "display:block;width:100%;height:100%;min-width:320px;min-height:480px;border:0";
  frame.src = deskUrl(server, options);
  parent.append(frame);
  return {
    get target() {
      return frame.contentWindow;
    },
    kept: false,
    isGone: () => !frame.isConnected,
    load: () => undefined,
    show: () => frame.focus(),
    remove: () => frame.remove(),
  };
}

/** A window that another site's page looks at is opaque; a new one is about:blank and of our own origin. */
function hasDesk(target: Window): boolean {
  try {
    return target.location.href !== "about:blank";
  } catch {
    return true;
  }
}

/** One window by its name: this page finds it again after it was left and opened anew, with the call that is in it. */
function inWindow(server: string, options: OpenOptions): Place {
  const target = window.open("", windowName, "popup,width=400,height=780");
  if (!target)
    throw new WaihuError("popup-blocked", "The browser blocked the window: call open() from a click.");
  const load = () => {
    target.location.href = deskUrl(server, options);
  };
  const kept = hasDesk(target);
  if (!kept) load();
  return {
    target,
    kept,
    isGone: () => target.closed,
    load,
    show: () => target.focus(),
    remove: () => target.close(),
  };
}

export const openPlace = (server: string, options: OpenOptions, frame: boolean): Place =>
  frame && options.mount !== undefined && options.window !== true
    ? inFrame(server, options)
    : inWindow(server, options);
