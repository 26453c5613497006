/** Every address of this machine. */
export const isWildcard = (host: string) => host === "0.0.0.0" || host === "::";
