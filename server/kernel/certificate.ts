import { readFileSync, watch } from "node:fs";
import { basename, dirname } from "node:path";
import { createSecureContext } from "node:tls";
import type { Clock, Timer } from "./clock.ts";
import { reasonOf } from "./errors.ts";
import type { Log } from "./log.ts";

/** PEM files of a certificate chain and its key. */
export interface CertificateFiles {
  cert: string;
  key: string;
}

export interface Certificate {
  cert: Buffer;
  key: Buffer;
}

export interface WatchedCertificate extends Disposable {
  readonly current: Certificate;
  /** A new certificate was put in place; connections that live keep the old one. */
  onChange(listener: (certificate: Certificate) => void): void;
}

/** Certificate and key are written one after the other: wait until both are there. */
const settleMs = 500;

/** Reads both files; throws when one cannot be read or they do not belong together. */
export function readCertificate(files: CertificateFiles): Certificate {
  const certificate = { cert: readFileSync(files.cert), key: readFileSync(files.key) };
  createSecureContext(certificate);
  return certificate;
}

/**
 * Reads the certificate and again whenever its folder changes (a renewal writes, renames or links anew). A pair that
 * cannot be used is refused with a line in the log, and the old one stays.
 */
export function watchCertificate(files: CertificateFiles, clock: Clock, log: Log): WatchedCertificate {
  const listeners: ((certificate: Certificate) => void)[] = [];
  let current = readCertificate(files);
  let timer: Timer | undefined;

  function reload(): void {
    try {
      const next = readCertificate(files);
      if (next.cert.equals(current.cert) && next.key.equals(current.key)) return;
      current = next;
      log.info({ cert: files.cert }, "certificate renewed");
      for (const listener of listeners) listener(next);
    } catch (error) {
      log.error({ cert: files.cert, reason: reasonOf(error) }, "certificate not renewed: the old one stays");
    }
  }

  const folders = new Set([dirname(files.cert), dirname(files.key)]);
  const names = new Set([basename(files.cert), basename(files.key)]);
  const watchers = [...folders].map((folder) =>
    watch(folder, { persistent: false }, (_, name) => {
      // Mounted secrets are replaced by turning a link beside them, whose name starts with two dots.
      if (name !== null && !names.has(name) && !name.startsWith("..")) return;
      timer?.cancel();
      timer = clock.after(settleMs, reload);
    }),
  );
  for (const watcher of watchers)
    watcher.on("error", (error) => log.warn({ reason: reasonOf(error) }, "certificate is no longer watched"));

  return {
    get current() {
      return current;
    },
    onChange: (listener) => void listeners.push(listener),
    [Symbol.dispose]() {
      timer?.cancel();
      for (const watcher of watchers) watcher.close();
    },
  };
}
