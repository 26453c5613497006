import assert from "node:assert/strict";
import { test } from "node:test";
import { manualClock } from "../kernel/clock.ts";
import { seededRandom } from "../kernel/random.ts";
import { authorize } from "./digest-client.ts";
import { createDigestServer, nonceLifeMs } from "./digest-server.ts";
import { digestResponse, hashCredentials } from "./digest.ts";
import { header, noBody, type SipRequest, type SipResponse } from "./message.ts";

test("the examples of RFC 7616 §3.9.1 come out", () => {
  const [user, realm, password] = ["Mufasa", "http-auth@example.org", "Circle of Life"];
  const response = (algorithm: "MD5" | "SHA-256") =>
    digestResponse({
      algorithm,
      ha1: hashCredentials(algorithm, user, realm, password),
      method: "GET",
      uri: "/dir/index.html",
      nonce: "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v",
      qop: { name: "auth", nc: "00000001", cnonce: "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ" },
    });
  assert.equal(response("MD5"), "8ca523f5e9506fed4657c9700eebdbec");
  assert.equal(response("SHA-256"), "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1");
});

const request: SipRequest = {
  kind: "request",
  method: "REGISTER",
  uri: "sip:waihu",
  headers: [],
  body: noBody,
};

function bed() {
  const clock = manualClock();
  const random = seededRandom(7616);
  const server = createDigestServer({
    realm: "waihu",
    clock,
    random,
    credentialsOf: async (user) =>
      user === "6001"
        ? {
            ha1Md5: hashCredentials("MD5", user, "waihu", "p"),
            ha1Sha256: hashCredentials("SHA-256", user, "waihu", "p"),
          }
        : undefined,
  });
  const challenge = () => server.challenge({ stale: false, algorithms: ["SHA-256", "MD5"] });
  const answered = (headers = challenge(), password = "p", changed: Partial<SipRequest> = {}): SipRequest => {
    const response: SipResponse = {
      kind: "response",
      status: 401,
      reason: "",
      headers: [...headers],
      body: noBody,
    };
    const asked = { ...request, ...changed };
    const answers = authorize(response, asked, { user: "6001", password }, random);
    return { ...asked, headers: answers ?? [] };
  };
  const verdict = async (from: SipRequest) => {
    const { kind, ...rest } = await server.verify(from, ["SHA-256", "MD5"]);
    return kind === "challenge" && "stale" in rest && rest.stale ? "stale" : kind;
  };
  return { clock, server, challenge, answered, verdict };
}

/** The same answer with this nonce count, computed anew. */
function counted(from: SipRequest, nc: string): SipRequest {
  const value = header(from, "Authorization")!;
  const part = (name: string) => new RegExp(`${name}="([^"]+)"`).exec(value)![1]!;
  const response = digestResponse({
    algorithm: "SHA-256",
    ha1: hashCredentials("SHA-256", "6001", "waihu", "p"),
    method: from.method,
    uri: from.uri,
    nonce: part("nonce"),
    qop: { name: "auth", nc, cnonce: part("cnonce") },
  });
  const changed = value.replace(/nc=\w+/, `nc=${nc}`).replace(/response="\w+"/, `response="${response}"`);
  return { ...from, headers: [["Authorization", changed]] };
}

test("the preferred algorithm is answered, and each nonce count serves once, in rising order", async () => {
  const { answered, verdict } = bed();
  const first = answered();
  assert.match(header(first, "Authorization")!, /algorithm=SHA-256/);
  assert.equal(await verdict(first), "ok");
  assert.equal(await verdict(first), "stale", "the same again is a replay");
  assert.equal(await verdict(counted(first, "00000005")), "ok");
  assert.equal(await verdict(counted(first, "00000004")), "stale");
  assert.equal(await verdict(counted(first, "00000006")), "ok");
});

test("an old nonce is stale for who knows the password and says nothing to who does not", async () => {
  const { answered, verdict, challenge, clock } = bed();
  const old = challenge();
  clock.advance(nonceLifeMs + 1);
  assert.equal(await verdict(answered(old)), "stale");
  assert.equal(await verdict(answered(old, "guess")), "refused");
});

test("a nonce that is not ours, another realm, method or address, and qop left away are no proof", async () => {
  const { answered, verdict, server } = bed();
  const good = answered();
  const change = (from: RegExp, to: string): SipRequest => ({
    ...good,
    headers: [["Authorization", header(good, "Authorization")!.replace(from, to)]],
  });
  assert.equal(await verdict(change(/nonce="./, 'nonce="x')), "challenge");
  assert.equal(await verdict(change(/realm="waihu"/, 'realm="other"')), "challenge");
  assert.equal(await verdict(change(/, qop=auth, nc=\w+, cnonce="\w+"/, "")), "challenge");
  assert.equal(await verdict({ ...good, method: "INVITE" }), "refused");
  assert.equal(await verdict({ ...good, uri: "sip:100@elsewhere" }), "refused");
  assert.equal(await verdict({ ...good, headers: [] }), "challenge");
  assert.equal(await verdict(good), "ok", "none of these used it up");
  assert.equal((await server.verify(answered(undefined, "p"), ["MD5"])).kind, "ok");
});
