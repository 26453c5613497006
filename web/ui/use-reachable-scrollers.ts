import { useEffect } from "react";

const scrollers = ".ant-table-content, .ant-table-body";
const lookEveryMs = 1000;

/**
 * A table that is wider than the screen scrolls sideways. Not every browser lets a keyboard into what scrolls, so it
 * becomes a stop of the Tab key while it does.
 */
export function useReachableScrollers(): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      timer = undefined;
      for (const element of document.querySelectorAll<HTMLElement>(scrollers)) {
        const scrolls = element.scrollWidth > element.clientWidth;
        if (scrolls === element.hasAttribute("tabindex")) continue;
        if (scrolls) element.tabIndex = 0;
        else element.removeAttribute("tabindex");
      }
    };
    const later = () => (timer ??= setTimeout(look, lookEveryMs));
    const observer = new MutationObserver(later);
    observer.observe(document.body, { childList: true, subtree: true });
    addEventListener("resize", later);
    look();
    return () => {
      observer.disconnect();
      removeEventListener("resize", later);
      clearTimeout(timer);
    };
  }, []);
}
