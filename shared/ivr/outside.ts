/** What flows may ask outside, set by an administrator. */
import { z } from "zod";

/** `GET /api/v1/ivr/databases`, `POST`, `PUT /:id`, `DELETE /:id`; where it is and its password are never told. */
export const ivrDatabase = z.object({ id: z.number(), name: z.string(), host: z.string() });
/** `url`: `postgresql://reader:password@host/name`, of a role that may only read. Errors: 409 `taken`. */
export const ivrDatabaseInput = z.object({
  name: z.string().trim().min(1).max(60),
  url: z
    .string()
    .regex(/^postgres(ql)?:\/\/[^\s/]+\/\S+$/)
    .max(500),
});
/** `GET` and `PUT /api/v1/ivr/hosts`: hosts inside the company's network that HTTP blocks may ask, as `host` or `host:port`. */
export const ivrHosts = z.object({
  hosts: z.array(z.string().regex(/^[a-z0-9.[\]:-]{1,200}$/)).max(200),
});
