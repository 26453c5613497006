import { auditEntry, auditQuery, auditVerification } from "../../../shared/audit.ts";
import { pageOf } from "../../../shared/common.ts";
import type { Database } from "../../kernel/db.ts";
import type { HttpApp } from "../../kernel/http/server.ts";
import { findEntries } from "./queries.ts";
import { verifyAudit } from "./verify.ts";

export function auditRoutes(app: HttpApp, { database: { db } }: { database: Database }): void {
  app.get(
    "/api/v1/audit",
    {
      config: { allow: "audit.see" },
      schema: { querystring: auditQuery, response: { 200: pageOf(auditEntry) } },
    },
    async (request) => findEntries(db, request.query),
  );
  app.get(
    "/api/v1/audit/verification",
    { config: { allow: "audit.see" }, schema: { response: { 200: auditVerification } } },
    async () => verifyAudit(db),
  );
}
