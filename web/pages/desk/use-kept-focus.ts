import { useEffect, useRef } from "react";

/**
 * A button that is used up by its own action takes the focus with it, and a screen reader starts again at the top of
 * the page. When that happens the focus goes to the zone that the button was in.
 */
export function useKeptFocus() {
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let zone: HTMLElement | null = null;
    let last: Element | null = null;
    const seen = (event: FocusEvent) => {
      last = event.target instanceof Element ? event.target : null;
      zone = last?.closest<HTMLElement>(".desk-zone") ?? null;
    };
    const observer = new MutationObserver(() => {
      if (!last || last.isConnected || document.activeElement !== document.body) return;
      last = null;
      if (zone?.isConnected) zone.focus({ preventScroll: true });
    });
    const element = root.current;
    element?.addEventListener("focusin", seen);
    if (element) observer.observe(element, { childList: true, subtree: true });
    return () => {
      element?.removeEventListener("focusin", seen);
      observer.disconnect();
    };
  }, []);
  return root;
}
