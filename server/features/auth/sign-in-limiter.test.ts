import assert from "node:assert/strict";
import { test } from "node:test";
import { createSignInLimiter } from "./sign-in-limiter.ts";

test("five wrong passwords from one address stop that address for that login only, for 15 minutes", () => {
  const limiter = createSignInLimiter();
  for (let i = 0; i < 5; i++) assert.equal(limiter.attempt("ana", "10.0.0.1", i * 1000), 0);
  assert.equal(limiter.attempt("ana", "10.0.0.1", 60_000), 840);
  assert.equal(limiter.attempt("ana", "10.0.0.2", 60_000), 0);
  assert.equal(limiter.attempt("bob", "10.0.0.1", 60_000), 0);
  assert.equal(limiter.attempt("ana", "10.0.0.1", 900_000), 0);
});

test("many addresses at one login, and many logins from one address, are stopped too", () => {
  const limiter = createSignInLimiter();
  const spread = Array.from({ length: 31 }, (_, i) => limiter.attempt("ana", `10.0.0.${i}`, 0));
  assert.deepEqual(
    spread.filter((wait) => wait > 0),
    [900],
  );
  const sprayed = Array.from({ length: 61 }, (_, i) => limiter.attempt(`user${i}`, "10.1.0.1", 0));
  assert.deepEqual(
    sprayed.filter((wait) => wait > 0),
    [900],
  );
});

test("a right password forgets the wrong ones before it", () => {
  const limiter = createSignInLimiter();
  for (let day = 0; day < 100; day++) {
    for (let i = 0; i < 3; i++) assert.equal(limiter.attempt("ana", "10.0.0.1", 0), 0);
    limiter.succeed("ana", "10.0.0.1");
  }
});
