import type { HealthCheck } from "../../../shared/health.ts";
import type { Clock } from "../../kernel/clock.ts";
import { reasonOf } from "../../kernel/errors.ts";

/** Looks at one part now. `code` and `detail` make its sentence in both languages. */
export type HealthProbe = () => Promise<Omit<HealthCheck, "name">> | Omit<HealthCheck, "name">;

export interface Health {
  add(name: string, probe: HealthProbe): void;
  /** All at once, each within `timeoutMs`. */
  check(): Promise<{ state: HealthCheck["state"]; checks: HealthCheck[] }>;
}

export function createHealth(clock: Clock, timeoutMs = 3_000): Health {
  const probes = new Map<string, HealthProbe>();

  async function look(name: string, probe: HealthProbe): Promise<HealthCheck> {
    const late = Promise.withResolvers<never>();
    using _timer = clock.after(timeoutMs, () => late.reject(new Error(`no answer within ${timeoutMs} ms`)));
    try {
      return { name, ...(await Promise.race([Promise.resolve().then(probe), late.promise])) };
    } catch (error) {
      return { name, state: "failed", code: "failed", detail: { reason: reasonOf(error) } };
    }
  }

  return {
    add: (name, probe) => void probes.set(name, probe),
    async check() {
      const checks = await Promise.all([...probes].map(([name, probe]) => look(name, probe)));
      const worst = (["failed", "warning"] as const).find((state) =>
        checks.some((check) => check.state === state),
      );
      return { state: worst ?? "ok", checks };
    },
  };
}
