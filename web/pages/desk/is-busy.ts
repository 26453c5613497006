/** Whether a colleague in this state is waited for (`call/call-back`) rather than rung. */
export const isBusy = (state: string | undefined): boolean => state !== "ready" && state !== "paused";
