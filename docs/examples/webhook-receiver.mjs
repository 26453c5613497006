// A receiver of webhooks without libraries: node webhook-receiver.mjs whsec_… [port]
// It checks the signature (Standard Webhooks 1.0), forgets what comes twice, and prints each event.
// oxlint-disable no-console -- a program for a terminal
import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";

const [secret, port = "9000"] = process.argv.slice(2);
if (!secret?.startsWith("whsec_")) {
  console.error("Give the secret of the webhook: node webhook-receiver.mjs whsec_… [port]");
  process.exit(1);
}
const key = Buffer.from(secret.slice("whsec_".length), "base64");
const mostAgeSeconds = 5 * 60;
const seen = new Set();

/** Signed by who knows the secret, and not long ago. */
function isGenuine(headers, body) {
  const id = headers["webhook-id"];
  const timestamp = headers["webhook-timestamp"];
  if (!id || Math.abs(Date.now() / 1000 - Number(timestamp)) > mostAgeSeconds) return false;
  const expected = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest();
  return (headers["webhook-signature"] ?? "").split(" ").some((signature) => {
    const given = Buffer.from(signature.replace(/^v1,/, ""), "base64");
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
}

const server = createServer(async (request, response) => {
  let body = "";
  for await (const part of request.setEncoding("utf8")) body += part;
  if (!isGenuine(request.headers, body)) return response.writeHead(401).end("unknown signature");
  const event = JSON.parse(body);
  if (!seen.has(event.id)) {
    seen.add(event.id);
    console.log(event.timestamp, event.type, JSON.stringify(event.data));
  }
  response.writeHead(204).end();
});
server.listen(Number(port), () => console.log(`listening on ${server.address().port}`));
