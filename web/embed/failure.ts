/** Why something was not done; `code` is stable, `message` is for people, `detail` is for programs. */
export class WaihuError extends Error {
  readonly code: string;
  readonly detail: Record<string, unknown>;

  constructor(code: string, message: string, detail: Record<string, unknown> = {}) {
    super(message);
    this.name = "WaihuError";
    this.code = code;
    this.detail = detail;
  }
}
