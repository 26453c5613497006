import { z } from "zod";
import { idParam, onePage, pageOf } from "../../../shared/common.ts";
import { boxChange, boxRow, type BoxSettings, newBox, type SharedBox } from "../../../shared/voicemail.ts";
import type { Tx } from "../../kernel/db.ts";
import { conflict, forbidden, invalid } from "../../kernel/errors.ts";
import type { Principal } from "../../kernel/http/access.ts";
import { type HttpApp, principalOf } from "../../kernel/http/server.ts";
import { recordAudit } from "../audit/index.ts";
import { demandUnused } from "../uses/index.ts";
import * as queries from "./queries-boxes.ts";
import { demandBox, tags, use, type VoicemailRouteParts } from "./route-parts.ts";
import { greetingRoutes } from "./routes-greeting.ts";
import { boxNumberTaken } from "./queries-by-phone.ts";
import { pinRoutes } from "./routes-pin.ts";
import { messageRoutes } from "./routes-messages.ts";

const manage = { allow: "settings.manage" } as const;

/** Errors: `box-name-taken`, `box-number-taken` 409, `keeper-unknown` 422. */
async function checkShared(tx: Tx, { name, keeperIds, number }: SharedBox, exceptId?: number): Promise<void> {
  if (await queries.boxNameTaken(tx, name, exceptId))
    throw conflict("box-name-taken", `A box is called ${name} already.`, { name });
  if (number !== null && (await boxNumberTaken(tx, number, exceptId)))
    throw conflict("box-number-taken", `${number} is another box or somebody's extension.`, { number });
  const known = await queries.activeUsers(tx, keeperIds);
  if (keeperIds.some((id) => !known.includes(id)))
    throw invalid("keeper-unknown", "Somebody who should look after the box is not there any more.");
}

/** Errors: `call-out-needs-pin` 422. */
function checkCallOut({ callOut }: BoxSettings, hasPin: boolean): void {
  if (callOut?.to.startsWith("+") && !hasPin)
    throw invalid("call-out-needs-pin", "A box opens on an outside number by its PIN alone. Set one first.");
}

export function voicemailRoutes(app: HttpApp, parts: VoicemailRouteParts): void {
  const { database, mailboxes, clock } = parts;
  const audit = (tx: Tx, actor: Principal, act: string, nounId: number, detail: Record<string, unknown>) =>
    recordAudit(tx, {
      actor,
      at: new Date(clock.now()),
      action: `voicemail-box.${act}`,
      noun: "voicemail-box",
      nounId,
      detail,
    });

  app.get(
    "/api/v1/voicemail/boxes",
    { config: use, schema: { ...tags, response: { 200: pageOf(boxRow) } } },
    async (request) => {
      const { userId, permissions } = principalOf(request);
      await database.transact((tx) => queries.ownBox(tx, userId));
      return onePage(await queries.boxesOf(database.db, userId, permissions.has("settings.manage")));
    },
  );
  app.post(
    "/api/v1/voicemail/boxes",
    { config: manage, schema: { ...tags, body: newBox, response: { 201: boxRow } } },
    async (request, reply) => {
      const { body } = request;
      const actor = principalOf(request);
      checkCallOut(body, false);
      const id = await database.transact(async (tx) => {
        await checkShared(tx, body);
        const made = await queries.insertBox(tx, body);
        await audit(tx, actor, "created", made, { ...body });
        return made;
      });
      mailboxes.changed(body.keeperIds);
      return reply.code(201).send((await queries.findBox(database.db, id))!);
    },
  );
  app.put(
    "/api/v1/voicemail/boxes/:id",
    { config: use, schema: { ...tags, params: idParam, body: boxChange, response: { 200: boxRow } } },
    async (request) => {
      const actor = principalOf(request);
      const { id } = request.params;
      const before = await demandBox(database, actor, id);
      const { shared, ...settings } = request.body;
      if (shared && !actor.permissions.has("settings.manage"))
        throw forbidden("Who looks after a box is chosen by who manages the settings.");
      if (shared && before.userId !== null)
        throw invalid("box-not-shared", "This box belongs to one person.");
      checkCallOut(settings, before.hasPin);
      await database.transact(async (tx) => {
        if (shared) await checkShared(tx, shared, id);
        await queries.updateBox(tx, id, settings, shared);
        await audit(tx, actor, "changed", id, { ...request.body });
      });
      mailboxes.changed([...before.keepers.map((keeper) => keeper.id), ...(shared?.keeperIds ?? [])]);
      return (await queries.findBox(database.db, id))!;
    },
  );
  app.delete(
    "/api/v1/voicemail/boxes/:id",
    { config: manage, schema: { ...tags, params: idParam, response: { 204: z.undefined() } } },
    async (request, reply) => {
      const actor = principalOf(request);
      const { id } = request.params;
      const { userId, name, keepers } = await demandBox(database, actor, id);
      if (userId !== null) throw conflict("box-is-own", "Everybody has a box of their own.");
      await database.transact(async (tx) => {
        await demandUnused(tx, "box", id);
        await queries.deleteBox(tx, id);
        await audit(tx, actor, "deleted", id, { name });
      });
      await mailboxes.removeGreeting(id);
      mailboxes.changed(keepers.map((keeper) => keeper.id));
      return reply.code(204).send(undefined);
    },
  );
  greetingRoutes(app, parts);
  pinRoutes(app, parts);
  messageRoutes(app, parts);
}
