import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { errorText } from "../lib/error-text.ts";

interface Options<V, T> {
  /** Query keys whose answers this makes old. */
  stale?: readonly (readonly unknown[])[];
  /** Said when it worked. */
  said?: string;
  onDone?: (result: T) => void;
  /** True: the failure is dealt with, and not told. */
  onError?: (error: Error, input: V) => boolean;
}

/**
 * One act of a person: a request that changes something. A failure is told in words and nothing on the page is
 * lost; success freshens what it touched.
 */
export function useAct<V, T>(act: (input: V) => Promise<T>, options: Options<V, T> = {}) {
  const { stale = [], said, onDone } = options;
  const client = useQueryClient();
  const { message } = App.useApp();
  return useMutation({
    mutationFn: act,
    onError(error, input) {
      if (!options.onError?.(error, input)) void message.error({ content: errorText(error), duration: 6 });
    },
    onSuccess: async (result) => {
      if (said) void message.success(said);
      onDone?.(result);
      await Promise.all(stale.map((queryKey) => client.invalidateQueries({ queryKey })));
    },
  });
}
