import { constants, setPriority } from "node:os";

/** The priority that media processes give themselves; who may not ask for it runs as well as the machine lets them. */
export function raisePriority(): void {
  try {
    setPriority(constants.priority.PRIORITY_ABOVE_NORMAL);
  } catch {
    console.log("without CAP_SYS_NICE delays hold on a quiet machine only");
  }
}
