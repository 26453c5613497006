import assert from "node:assert/strict";
import { test } from "node:test";
import { describeMessage } from "./sip-line.ts";

test("an arrow says method or status, its CSeq, and whether it carries a body", () => {
  assert.deepEqual(
    describeMessage("INVITE sip:1@x SIP/2.0\r\nCSeq: 1 INVITE\r\nContent-Length: 5\r\n\r\nv=0\r\n"),
    { title: "INVITE", cseq: "1 INVITE", hasBody: true },
  );
  assert.deepEqual(describeMessage("SIP/2.0 486 Busy Here\r\ncseq : 1 INVITE\r\n\r\n"), {
    title: "486 Busy Here",
    cseq: "1 INVITE",
    hasBody: false,
  });
});
