import { z } from "zod";
import { pageOf } from "../../../shared/common.ts";
import { maskPhone } from "../../../shared/permissions.ts";
import { speedDial, speedDialInput, speedDialKey, type SpeedDialScope } from "../../../shared/speed-dials.ts";
import type { Database } from "../../kernel/db.ts";
import { conflict, forbidden, invalid, notFound } from "../../kernel/errors.ts";
import type { Principal } from "../../kernel/http/access.ts";
import { type HttpApp, principalOf } from "../../kernel/http/server.ts";
import { parsePhone } from "../../kernel/phone-number.ts";
import { readSettings } from "../settings/index.ts";
import { deleteSpeedDial, saveSpeedDial, speedDialsOf } from "./queries.ts";

/** Whose entries these are; everybody's are for who supervises. */
function ownerOf({ userId, permissions }: Principal, scope: SpeedDialScope): number | null {
  if (scope === "own") return userId;
  if (!permissions.has("agents.supervise")) throw forbidden("Shared speed dials are for supervisors to set.");
  return null;
}

export function speedDialRoutes(app: HttpApp, { database }: { database: Database }): void {
  app.get(
    "/api/v1/speed-dials",
    { config: { allow: "desk.use" }, schema: { response: { 200: pageOf(speedDial) } } },
    async (request) => {
      const { userId, permissions } = principalOf(request);
      const items = await speedDialsOf(database.db, userId);
      if (permissions.has("phones.see")) return { items, total: items.length };
      const shown = items.map((item) =>
        item.scope === "own" ? item : { ...item, phone: maskPhone(item.phone) },
      );
      return { items: shown, total: shown.length };
    },
  );
  app.put(
    "/api/v1/speed-dials/:scope/:code",
    {
      config: { allow: "desk.use" },
      schema: { params: speedDialKey, body: speedDialInput, response: { 204: z.null() } },
    },
    async (request, reply) => {
      const { scope, code } = request.params;
      const { name, phone, replace } = request.body;
      const userId = ownerOf(principalOf(request), scope);
      const { defaultCountry } = await readSettings(database.db);
      const number = parsePhone(phone, defaultCountry);
      if (!number) throw invalid("phone-invalid", `${phone} is not a telephone number.`, { phone });
      const dial = { name, phone: number.e164, replace };
      const taken = await database.transact((tx) => saveSpeedDial(tx, { userId, code }, dial));
      if (taken !== null)
        throw conflict("speed-dial-taken", `This code is ${taken}'s.`, { name: taken, code });
      return reply.code(204).send(null);
    },
  );
  app.delete(
    "/api/v1/speed-dials/:scope/:code",
    { config: { allow: "desk.use" }, schema: { params: speedDialKey, response: { 204: z.null() } } },
    async (request, reply) => {
      const { scope, code } = request.params;
      const userId = ownerOf(principalOf(request), scope);
      if (!(await database.transact((tx) => deleteSpeedDial(tx, userId, code))))
        throw notFound("speed dial", code);
      return reply.code(204).send(null);
    },
  );
}
