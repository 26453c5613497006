import { idParam } from "../../../shared/common.ts";
import { trunkTestInput, trunkTestResult } from "../../../shared/trunks.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Database } from "../../kernel/db.ts";
import { conflict, invalid } from "../../kernel/errors.ts";
import { type HttpApp, principalOf } from "../../kernel/http/server.ts";
import { parsePhone } from "../../kernel/phone-number.ts";
import type { Switch } from "../../switch/switch.ts";
import { placeTestCall } from "../../switch/test-call.ts";
import { recordAudit } from "../audit/index.ts";
import { insertTrunkTest, requireTrunk } from "../trunks/index.ts";

interface CallRouteParts {
  database: Database;
  switch: Switch;
  clock: Clock;
}

/** A short code or an echo number of the carrier is dialled as it is written. */
function testNumber(typed: string, country: string): string {
  const digits = typed.replaceAll(/[\s().-]+/g, "");
  if (/^[0-9*#]{2,8}$/.test(digits)) return digits;
  const number = parsePhone(typed, country);
  if (!number) throw invalid("phone-invalid", `${typed} is not a telephone number.`, { phone: typed });
  return number.e164;
}

export function callRoutes(app: HttpApp, parts: CallRouteParts): void {
  const { database, clock } = parts;
  const testing = new Set<number>();

  app.post(
    "/api/v1/trunks/:id/test-call",
    {
      config: { allow: "trunks.manage" },
      schema: { params: idParam, body: trunkTestInput, response: { 200: trunkTestResult } },
    },
    async (request) => {
      const actor = principalOf(request);
      const trunk = await requireTrunk(database.db, request.params.id);
      if (!trunk.enabled) throw conflict("trunk-disabled", "Switch the trunk on first.");
      if (testing.has(trunk.id)) throw conflict("trunk-test-running", "A test call is under way.");
      const number = testNumber(request.body.number, trunk.country);
      testing.add(trunk.id);
      try {
        const { verdict, steps, codec, echoed } = await placeTestCall(parts.switch, clock, {
          trunkId: trunk.id,
          number,
          callerId: request.body.callerId ?? trunk.callerIds[0],
          registers: trunk.auth === "registration",
        });
        const result = { verdict, steps };
        const id = await database.transact(async (tx) => {
          const test = { trunkId: trunk.id, number, verdict, byUserId: actor.userId };
          const testId = await insertTrunkTest(tx, { ...test, result: { ...result, codec, echoed } });
          const at = new Date(clock.now());
          await recordAudit(tx, {
            actor,
            at,
            action: "trunk.tested",
            noun: "trunk",
            nounId: trunk.id,
            detail: { verdict },
          });
          return testId;
        });
        return { id, ...result };
      } finally {
        testing.delete(trunk.id);
      }
    },
  );
}
