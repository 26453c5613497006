import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { checkFlow } from "../../../shared/ivr/check.ts";
import { type IvrDocument, type IvrFlowDetail, ivrFlowDetail } from "../../../shared/ivr/flow.ts";
import { api, ApiError } from "../../lib/api.ts";
import { useHistory } from "../../lib/use-history.ts";
import { flowsKey } from "./flow-api.ts";

/** A pause in drawing that is long enough to save. */
const pauseMs = 1200;
const againMs = 5000;

export type SaveState = "saved" | "unsaved" | "saving" | "failed" | "elsewhere";

interface Stored {
  document: IvrDocument;
  name: string;
  revision: number;
}

/**
 * The draft as it is drawn; it saves itself after each pause, one save at a time, and again after a failure. Somebody
 * else's newer draft is never overwritten: `elsewhere`.
 */
export function useDraft(flow: IvrFlowDetail, may: boolean) {
  const client = useQueryClient();
  const history = useHistory(flow.document);
  const { document } = history;
  const [name, setName] = useState(flow.name);
  const [stored, setStored] = useState<Stored>({ document, name, revision: flow.revision });
  const [state, setState] = useState<SaveState>("saved");
  const [error, setError] = useState<unknown>(null);
  const latest = useRef({ document, name, stored });
  useEffect(() => {
    latest.current = { document, name, stored };
  });
  const saving = useRef<Promise<boolean> | null>(null);
  const isChanged = document !== stored.document || name !== stored.name;

  const saveOnce = useCallback(async (): Promise<boolean> => {
    const { document: drawn, name: called, stored: before } = latest.current;
    if (drawn === before.document && called === before.name) return true;
    setState("saving");
    try {
      const body = { name: called, document: drawn, revision: before.revision };
      const { revision } = await api.put(`/ivr/flows/${flow.id}`, ivrFlowDetail, body);
      const kept = { document: drawn, name: called, revision };
      latest.current.stored = kept;
      setStored(kept);
      setError(null);
      setState("saved");
      void client.invalidateQueries({ queryKey: [...flowsKey, "page"] });
      return true;
    } catch (failure) {
      setError(failure);
      setState(
        failure instanceof ApiError && failure.code === "ivr-changed-elsewhere" ? "elsewhere" : "failed",
      );
      return false;
    }
  }, [client, flow.id]);

  /** All of it is stored; false: it could not be. */
  const save = useCallback(async (): Promise<boolean> => {
    while (saving.current) await saving.current;
    const work = saveOnce();
    saving.current = work;
    try {
      return await work;
    } finally {
      saving.current = null;
    }
  }, [saveOnce]);

  useEffect(() => {
    if (!may || !isChanged || state === "elsewhere") return;
    const timer = setTimeout(() => void save(), state === "failed" ? againMs : pauseMs);
    return () => clearTimeout(timer);
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- each change begins the pause anew
  }, [may, isChanged, document, name, state, save]);

  const problems = useMemo(() => checkFlow(document), [document]);
  const shown: SaveState = isChanged && state === "saved" ? "unsaved" : state;
  return { ...history, name, setName, isChanged, state: shown, error, problems, save };
}
