import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { causeOfQ850, causeOfStatus } from "../server/switch/causes.ts";
import { causesDoc } from "./causes-doc.ts";

/** Cells without the padding that the formatter adds. */
const plain = (text: string) =>
  text
    .replaceAll(/ *\| */g, "|")
    .replaceAll(/-{3,}/g, "---")
    .trim();

test("docs/causes.md says what the switch does", () => {
  const page = readFileSync(new URL("../docs/causes.md", import.meta.url), "utf8");
  assert.equal(plain(page), plain(causesDoc()), "run: node tools/causes-doc.ts");
});

/** IANA, Session Initiation Protocol (SIP) Parameters, Response Codes: 3xx that end a call, 4xx, 5xx, 6xx. */
const registry =
  "300 301 302 305 380 400 401 402 403 404 405 406 407 408 410 412 413 414 415 416 417 420 421 422 423 424 425 428 429 430 433 436 437 438 439 440 469 470 480 481 482 483 484 485 486 487 488 489 491 493 494 500 501 502 503 504 505 513 555 580 600 603 604 606 607 608";
/** ITU-T Q.850 table 1. */
const q850 =
  "1 2 3 4 5 6 7 8 9 14 16 17 18 19 20 21 22 23 25 26 27 28 29 30 31 34 38 39 40 41 42 43 44 46 47 49 50 53 55 57 58 62 63 65 66 69 70 79 81 82 83 84 85 86 87 88 90 91 95 96 97 98 99 100 101 102 103 110 111 127";

test("every registered final status and every Q.850 value has its place in the tables", () => {
  for (const status of registry.split(" ")) assert.ok(status in causeOfStatus, status);
  for (const value of q850.split(" ")) assert.ok(value in causeOfQ850, value);
});
