import type { FormRule } from "antd";
import type { z } from "zod";

/** A field's rule from the shared schema that the server uses too, with a sentence that says what is expected. */
export function fits(schema: z.ZodType, message: string): FormRule {
  return {
    validator: (_, value: unknown) =>
      value == null || value === "" || schema.safeParse(value).success
        ? Promise.resolve()
        : Promise.reject(new Error(message)),
  };
}
