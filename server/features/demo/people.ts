import type { Role } from "../../../shared/permissions.ts";
import type { Tx } from "../../kernel/db.ts";
import { systemActor } from "../audit/index.ts";
import { createUser, saveOrgUnit } from "../users/index.ts";

/** The password of every demonstration login. The product listens on this machine alone unless told otherwise. */
export const demoPassword = "waihu-demo";

const people: { login: string; name: string; role: Role; extension: string }[] = [
  { login: "admin", name: "管理员 Admin", role: "administrator", extension: "8000" },
  { login: "manager", name: "王经理 Wang", role: "manager", extension: "8001" },
  { login: "supervisor", name: "李班长 Li", role: "supervisor", extension: "8002" },
  { login: "agent1", name: "张敏 Zhang Min", role: "agent", extension: "8011" },
  { login: "agent2", name: "刘洋 Liu Yang", role: "agent", extension: "8012" },
  { login: "agent3", name: "陈静 Chen Jing", role: "agent", extension: "8013" },
  { login: "agent4", name: "赵强 Zhao Qiang", role: "agent", extension: "8014" },
];

export const demoLogins = people.map(({ login, role }) => ({ login, role }));

/** A company with one group; returns the people's ids by login. */
export async function seedPeople(tx: Tx, at: Date): Promise<Record<string, number>> {
  const company = await saveOrgUnit(tx, undefined, { parentId: null, name: "演示公司 Demo" });
  const group = await saveOrgUnit(tx, undefined, { parentId: company.id, name: "外呼一组 Outbound 1" });
  const ids: Record<string, number> = {};
  for (const person of people) {
    const orgUnitId = ["administrator", "manager"].includes(person.role) ? company.id : group.id;
    const given = { orgUnitId, locale: "zh" as const, password: demoPassword, mustChangePassword: false };
    const made = await createUser(tx, systemActor, { ...person, ...given }, at);
    ids[person.login] = made.id;
  }
  return ids;
}
