import { z } from "zod";

type Given<T> = T extends z.ZodDefault<infer Inner extends z.ZodType> ? Inner : T;
type Change<Shape extends z.core.$ZodShape> = { [K in keyof Shape]: z.ZodOptional<Given<Shape[K]>> };

/** Some of an object's fields: `partial()` alone would put its default in the place of each that is left out. */
export function changeOf<Shape extends z.core.$ZodShape>(
  object: z.ZodObject<Shape>,
): z.ZodObject<Change<Shape>> {
  const given = Object.entries(object.shape).map(([key, field]) => [
    key,
    z.optional(field instanceof z.ZodDefault ? field.unwrap() : field),
  ]);
  return z.object(Object.fromEntries(given) as Change<Shape>);
}
