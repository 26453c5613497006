import { useCallback, useState } from "react";

const mostSteps = 200;
/** Changes of one place within this time are one step back. */
const oneStepMs = 800;

interface History<T> {
  past: T[];
  now: T;
  future: T[];
  changedAt: number;
}

/** A document that somebody edits, with undo and redo. */
export function useHistory<T>(initial: T) {
  const [history, setHistory] = useState<History<T>>({ past: [], now: initial, future: [], changedAt: 0 });
  const change = useCallback((to: (before: T) => T) => {
    const at = Date.now();
    setHistory((was) => {
      const { past, now, changedAt } = was;
      const next = to(now);
      // What changes nothing is no step, and leaves what can be done again.
      if (next === now) return was;
      const isSameStep = at - changedAt < oneStepMs && past.length > 0;
      return {
        past: isSameStep ? past : [...past, now].slice(-mostSteps),
        now: next,
        future: [],
        changedAt: at,
      };
    });
  }, []);
  const undo = useCallback(
    () =>
      setHistory((was) => {
        const before = was.past.at(-1);
        if (!before) return was;
        return { past: was.past.slice(0, -1), now: before, future: [was.now, ...was.future], changedAt: 0 };
      }),
    [],
  );
  const redo = useCallback(
    () =>
      setHistory((was) => {
        const [next, ...future] = was.future;
        return next ? { past: [...was.past, was.now], now: next, future, changedAt: 0 } : was;
      }),
    [],
  );
  return {
    document: history.now,
    change,
    undo,
    redo,
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
  };
}
