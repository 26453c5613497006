import "./events.ts";
import "./tables.ts";

export { createUser, setPassword } from "./manage-users.ts";
export { saveOrgUnit, visibleUnitIds, visibleUserIds } from "./org-units.ts";
export { hashPassword, verifyPassword } from "./password.ts";
export {
  colleagues,
  findUser,
  findUserByExtension,
  findUserByLogin,
  hasUsers,
  updateLocale,
} from "./queries.ts";
export { userRoutes } from "./routes.ts";
export { orgUnitRoutes } from "./routes-org-units.ts";
