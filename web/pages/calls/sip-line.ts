/** What a ladder says on the arrow: the request's method, or the status and reason; and the CSeq beside it. */
export function describeMessage(message: string): { title: string; cseq: string; hasBody: boolean } {
  const [head = "", body = ""] = message.split(/\r?\n\r?\n/, 2);
  const lines = head.split(/\r?\n/);
  const first = lines[0] ?? "";
  const status = /^SIP\/2\.0 (\d{3}) ?(.*)$/.exec(first);
  const title = status ? `${status[1]} ${status[2]}`.trim() : (first.split(" ")[0] ?? "");
  const cseq = lines.find((line) => /^cseq\s*:/i.test(line))?.replace(/^cseq\s*:\s*/i, "") ?? "";
  return { title, cseq, hasBody: body.trim() !== "" };
}
