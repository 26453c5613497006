import { useEffect } from "react";

/** The browser's own "leave this page?" while a call is on this tab. */
export function useLeaveWarning(active: boolean): void {
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (active) event.preventDefault();
    };
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, [active]);
}
