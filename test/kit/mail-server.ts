import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import { until } from "./until.ts";

export interface TakenMail {
  from: string;
  to: string[];
  subject: string;
  messageId: string;
  text: string;
  attachments: { name: string; type: string; content: Buffer }[];
}

export interface MailServer extends AsyncDisposable {
  readonly port: number;
  readonly taken: TakenMail[];
  /** Recipients that are refused, with the status of each. */
  readonly refuses: Map<string, number>;
  /** The first mail to this address. */
  mailTo(address: string): Promise<TakenMail>;
}

export const mailUser = { user: "waihu", password: "hunter2" };

const header = (head: string, name: string) =>
  new RegExp(`^${name}: ((?:.|\\r\\n[ \\t])*)`, "im").exec(head)?.[1]?.replaceAll(/\r\n[ \t]/g, " ") ?? "";

/** Encoded words (RFC 2047), Q and B. */
const words = (text: string) =>
  text.replaceAll(/=\?utf-8\?([qb])\?([^?]*)\?=\s?/gi, (_, how: string, coded: string) =>
    how.toLowerCase() === "b"
      ? Buffer.from(coded, "base64").toString()
      : unquoted(coded.replaceAll("_", " ")),
  );

const unquoted = (text: string) =>
  Buffer.from(
    text
      .replaceAll("=\r\n", "")
      .replaceAll(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    "latin1",
  ).toString();

function split(raw: string): { head: string; body: string } {
  const at = raw.indexOf("\r\n\r\n");
  return { head: raw.slice(0, at), body: raw.slice(at + 4) };
}

function contentOf({ head, body }: { head: string; body: string }): Buffer {
  const coding = header(head, "content-transfer-encoding").toLowerCase();
  if (coding === "base64") return Buffer.from(body, "base64");
  return Buffer.from(coding === "quoted-printable" ? unquoted(body) : body);
}

/** A mail with at most one level of parts (RFC 2046). */
function parse(raw: string): Omit<TakenMail, "from" | "to"> {
  const whole = split(raw);
  const boundary = /boundary="?([^";\r\n]+)/i.exec(header(whole.head, "content-type"))?.[1];
  const parts = boundary
    ? whole.body
        .split(`--${boundary}`)
        .slice(1, -1)
        .map((part) => split(part.trimStart()))
    : [whole];
  const isText = ({ head }: { head: string }) => header(head, "content-type").startsWith("text/plain");
  const text = parts.find(isText);
  return {
    subject: words(header(whole.head, "subject")),
    messageId: header(whole.head, "message-id"),
    text: text ? contentOf(text).toString() : "",
    attachments: parts
      .filter((part) => !isText(part))
      .map((part) => ({
        name: /filename="?([^";\r\n]+)/i.exec(header(part.head, "content-disposition"))?.[1] ?? "",
        type: header(part.head, "content-type").split(";")[0]!,
        content: contentOf(part),
      })),
  };
}

/** A mail server of another maker on loopback, which asks for a password. `port` 0: any. */
export async function mailServer(port = 0): Promise<MailServer> {
  const taken: TakenMail[] = [];
  const refuses = new Map<string, number>();
  const server = new SMTPServer({
    authOptional: false,
    allowInsecureAuth: true,
    disabledCommands: ["STARTTLS"],
    onAuth({ username, password }, _session, done) {
      const isRight = username === mailUser.user && password === mailUser.password;
      if (isRight) return done(null, { user: username });
      return done(new Error("Wrong password"));
    },
    onRcptTo({ address }, _session, done) {
      const status = refuses.get(address);
      done(status === undefined ? null : Object.assign(new Error("Not here"), { responseCode: status }));
    },
    onData(stream, { envelope }, done) {
      const parts: Buffer[] = [];
      stream.on("data", (part: Buffer) => parts.push(part));
      stream.on("end", () => {
        const from = envelope.mailFrom === false ? "" : envelope.mailFrom.address;
        const to = envelope.rcptTo.map(({ address }) => address);
        taken.push({ from, to, ...parse(Buffer.concat(parts).toString("latin1")) });
        done();
      });
    },
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(port, "127.0.0.1", resolve);
  await promise;
  return {
    port: (server.server.address() as AddressInfo).port,
    taken,
    refuses,
    mailTo: (address) => until(`a mail to ${address}`, () => taken.find(({ to }) => to.includes(address))),
    async [Symbol.asyncDispose]() {
      const closed = Promise.withResolvers<void>();
      server.close(() => closed.resolve());
      await closed.promise;
    },
  };
}
