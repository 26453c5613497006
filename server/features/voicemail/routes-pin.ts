import { idParam } from "../../../shared/common.ts";
import { boxPin, boxRow } from "../../../shared/voicemail.ts";
import { invalid } from "../../kernel/errors.ts";
import { type HttpApp, principalOf } from "../../kernel/http/server.ts";
import { recordAudit } from "../audit/index.ts";
import { hashPassword } from "../users/index.ts";
import { findBox } from "./queries-boxes.ts";
import { setPin } from "./queries-by-phone.ts";
import { demandBox, tags, use, type VoicemailRouteParts } from "./route-parts.ts";

/** One digit over and over, or digits in their order: the first that are tried. */
function isWeak(pin: string, number: string | null): boolean {
  const steps = new Set(Array.from(pin.slice(1), (digit, at) => Number(digit) - Number(pin[at])));
  const [only] = steps;
  return pin === number || (steps.size === 1 && only !== undefined && Math.abs(only) <= 1);
}

/** What opens a box by telephone from outside. */
export function pinRoutes(app: HttpApp, { database, clock }: VoicemailRouteParts): void {
  app.put(
    "/api/v1/voicemail/boxes/:id/pin",
    {
      config: use,
      schema: {
        ...tags,
        summary: "null: the box opens from nowhere outside",
        params: idParam,
        body: boxPin,
        response: { 200: boxRow },
      },
    },
    async (request) => {
      const actor = principalOf(request);
      const { id, number } = await demandBox(database, actor, request.params.id);
      const { pin } = request.body;
      if (pin !== null && isWeak(pin, number))
        throw invalid("pin-weak", "This PIN is one of the first that anybody tries. Choose another.");
      const hash = pin === null ? null : await hashPassword(pin);
      await database.transact(async (tx) => {
        await setPin(tx, id, hash);
        const at = new Date(clock.now());
        const action = `voicemail-box.pin-${pin === null ? "removed" : "changed"}`;
        await recordAudit(tx, { actor, at, action, noun: "voicemail-box", nounId: id });
      });
      return (await findBox(database.db, id))!;
    },
  );
}
