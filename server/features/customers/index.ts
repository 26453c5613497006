import "./tables.ts";

export { findCustomer, findCustomerByPhone } from "./queries.ts";
export { ensureCustomer, type KnownPerson } from "./save-customer.ts";
export { customerRoutes } from "./routes.ts";
