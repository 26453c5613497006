/** Loads a register's file, in a thread of its own so that ten million lines touch no call. */
import { once } from "node:events";
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { finished } from "node:stream/promises";
import { parentPort, workerData } from "node:worker_threads";
import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { readRegisterNumber } from "./read-number.ts";

export interface LoadTask {
  databaseUrl: string;
  path: string;
  country: string;
  table: string;
}
export interface Loaded {
  numbers: number;
  invalid: number;
  /** The first lines that hold no number. */
  examples: string[];
}

const linesAtOnce = 20_000;

/** Makes `table` with every number of the file, indexed. The caller drops it if this throws. */
export async function loadRegister({ databaseUrl, path, country, table }: LoadTask): Promise<Loaded> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: "waihu register" });
  client.on("error", () => undefined);
  await client.connect();
  try {
    await client.query("begin");
    await client.query(`create table ${table} (phone bigint not null)`);
    const stream = client.query(copyFrom(`copy ${table} from stdin`));
    const done = finished(stream);
    done.catch(() => undefined);
    const loaded: Loaded = { numbers: 0, invalid: 0, examples: [] };
    let lines: string[] = [];
    const flush = async () => {
      if (lines.length === 0) return;
      const text = `${lines.join("\n")}\n`;
      lines = [];
      if (!stream.write(text)) await Promise.race([once(stream, "drain"), done]);
    };
    for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
      if (line.trim() === "") continue;
      const number = readRegisterNumber(line, country);
      if (number === undefined) {
        loaded.invalid++;
        if (loaded.examples.length < 10) loaded.examples.push(line.slice(0, 80));
        continue;
      }
      loaded.numbers++;
      if (lines.push(number) >= linesAtOnce) await flush();
    }
    await flush();
    stream.end();
    await done;
    await client.query(`create index on ${table} (phone)`);
    await client.query("commit");
    await client.query(`analyze ${table}`);
    return loaded;
  } finally {
    client.end().catch(() => undefined);
  }
}

if (parentPort) {
  const port = parentPort;
  loadRegister(workerData as LoadTask).then(
    (loaded) => port.postMessage({ loaded }),
    (error: unknown) => port.postMessage({ failed: error instanceof Error ? error.message : String(error) }),
  );
}
