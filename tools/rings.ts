import { globSync } from "node:fs";

/** A group of test files that share what is real and how many may run at once on two cores. */
export interface Ring {
  name: string;
  files: string[];
  concurrency: number;
  /** Programs of other makers that the ring talks to; Debian packages of the same name. */
  needs: readonly string[];
  postgres: boolean;
  /** Audio, browsers and other programs in real time: a machine that stands still for a second shows in them. */
  realTime: boolean;
}

const find = (...patterns: string[]) => globSync(patterns).sort();

export function findRings(): Ring[] {
  const beside = find("{server,shared,web,tools,bench}/**/*.test.ts");
  const database = beside.filter((file) => file.endsWith(".db.test.ts"));
  return [
    {
      name: "pure",
      files: beside.filter((file) => !database.includes(file)).concat(find("test/kit/**/*.test.ts")),
      concurrency: 2,
      needs: [],
      postgres: false,
      realTime: false,
    },
    { name: "database", files: database, concurrency: 2, needs: [], postgres: true, realTime: false },
    {
      name: "scenario",
      files: find("test/scenarios/**/*.test.ts"),
      concurrency: 2,
      needs: ["espeak-ng"],
      postgres: true,
      realTime: true,
    },
    {
      name: "interop",
      files: find("test/interop/**/*.test.ts"),
      concurrency: 2,
      needs: ["sip-tester", "baresip", "linphone-cli", "chromium", "kamailio"],
      postgres: true,
      realTime: true,
    },
    {
      name: "web",
      files: find("test/web/**/*.test.ts"),
      concurrency: 1,
      needs: ["chromium", "coturn"],
      postgres: true,
      realTime: true,
    },
  ];
}

/** The rings or single files named on the command line; all when none is. */
export function selectRings(rings: readonly Ring[], names: readonly string[]): Ring[] {
  if (names.length === 0) return [...rings];
  const unknown = names.find(
    (name) => !rings.some((ring) => ring.name === name || ring.files.some((file) => file.includes(name))),
  );
  if (unknown) throw new Error(`No ring and no test file is called ${unknown}.`);
  return rings.map((ring) => ({
    ...ring,
    files: names.includes(ring.name)
      ? ring.files
      : ring.files.filter((file) => names.some((name) => file.includes(name))),
  }));
}
