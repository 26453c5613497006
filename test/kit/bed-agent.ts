import type { DeskCommand, DeskCommandBody, DeskState } from "../../shared/desk.ts";
import { type DeskPhone, deskPhone } from "./desk-phone.ts";
import type { Person } from "./person.ts";
import { until } from "./until.ts";

/** An agent with a desk phone, at work: commands as the desk page sends them. */
export interface BedAgent extends Person, AsyncDisposable {
  readonly phone: DeskPhone;
  /** The tone that this agent's phone sends. */
  readonly toneHz: number;
  state(): Promise<DeskState>;
  command<C extends DeskCommand>(command: C, body: DeskCommandBody<C>): Promise<DeskState>;
  /** Signs in for these campaigns, waits for the leg, goes ready. */
  work(...campaignIds: number[]): Promise<DeskState>;
  until(state: DeskState["state"]): Promise<DeskState>;
  /** Ends the wrap-up with this disposition. */
  finish(disposition?: number | null, note?: string): Promise<DeskState>;
}

export async function bedAgent(
  person: Person,
  sip: { host: string; port: number },
  toneHz: number | null,
): Promise<BedAgent> {
  const account = await person.ask("POST", "/desk/phone");
  const phone = await deskPhone(account, sip, toneHz);
  const state = (): Promise<DeskState> => person.ask("GET", "/desk");
  const command: BedAgent["command"] = (name, body) => person.ask("POST", `/desk/${name}`, body);
  const untilState: BedAgent["until"] = (wanted) =>
    until(`agent is ${wanted}`, async () => {
      const now = await state();
      return now.state === wanted && now;
    });
  return {
    ...person,
    phone,
    toneHz: toneHz ?? 0,
    state,
    command,
    async work(...campaignIds) {
      await command("sign-in", { deskId: `desk-of-${person.userId}`, endpoint: "phone", campaignIds });
      await until("the agent's leg is up", async () => (await state()).legUp);
      return command("ready", {});
    },
    until: untilState,
    async finish(dispositionId = null, note = "") {
      const { call } = await untilState("wrap-up");
      return command("summary", {
        callId: call!.callId,
        dispositionId,
        form: {},
        note,
        callbackAt: null,
        final: true,
      });
    },
    [Symbol.asyncDispose]: () => phone[Symbol.asyncDispose](),
  };
}
